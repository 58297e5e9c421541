/** In a box: measures, limits and ends a busy process by a cgroup; prints what it found as JSON. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { Cgroup } from "../../../../localAws/live/box/cgroup";
import { allFolders, cgroupFoldersSchema, foldersIn } from "../../../../localAws/live/box/cgroupFolders";
import { openCgroups } from "../../../../localAws/live/box/cgroups";

const folders = cgroupFoldersSchema.parse(JSON.parse(process.env["CGROUPS"] ?? ""));

async function coresOf(cgroup: Cgroup, milliseconds: number): Promise<number> {
  const [from, since] = [cgroup.usageMicroseconds(), performance.now()];
  await sleep(milliseconds);
  return (cgroup.usageMicroseconds() - from) / 1_000 / (performance.now() - since);
}

async function measure(): Promise<void> {
  const cgroups = openCgroups(folders);
  const cgroup = cgroups.create("busy");
  const enter = cgroup.procsFiles.map((file) => `echo $$ >${file}`).join("; ");
  const busy = spawn("sh", ["-c", `${enter}; sh -c 'while :; do :; done' & wait`], { stdio: "inherit" });
  await sleep(300);
  const free = await coresOf(cgroup, 1_500);
  cgroup.setCores(0.1);
  await sleep(200);
  const limited = await coresOf(cgroup, 1_500);
  const waited = cgroup.waitedMicroseconds();
  cgroup.setCores(undefined);
  const exited = once(busy, "exit");
  await cgroup.kill();
  await exited;
  await cgroup.remove();
  const small = cgroups.create("small");
  small.setMemory(32 * 2 ** 20);
  const enterSmall = small.procsFiles.map((file) => `echo $$ >${file}`).join("; ");
  // tail keeps the line, which has 200 MiB.
  const eater = spawn("sh", ["-c", `${enterSmall}; head -c 200M /dev/zero | tail -n 1 | wc -c`]);
  let eaten = "";
  eater.stdout.on("data", (chunk: Buffer) => (eaten += chunk.toString()));
  await once(eater, "close");
  await small.remove();
  cgroups.create("left-1");
  cgroups.create("other");
  await cgroups.sweep("left-");
  const remaining = ["busy", "small", "left-1", "other"].filter((name) =>
    allFolders(foldersIn(folders, name)).some((folder) => existsSync(folder)),
  );
  console.log(
    JSON.stringify({
      hasQuota: cgroups.hasQuota,
      free,
      limited,
      waited,
      hasMemory: cgroups.hasMemory,
      eaten: Number(eaten),
      remaining,
    }),
  );
}

void measure();
