/** In a box: measures, limits and ends a busy process by a cgroup; prints what it found as JSON. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { Cgroup } from "../../../../localAws/live/box/cgroup";
import { type CgroupFolders, openCgroups } from "../../../../localAws/live/box/cgroups";

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- boxProgram.ts wrote it.
const folders = JSON.parse(process.env["CGROUPS"] ?? "") as CgroupFolders;

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
  cgroups.create("left-1");
  cgroups.create("other");
  await cgroups.sweep("left-");
  const remaining = ["busy", "left-1", "other"].filter((name) =>
    [folders.cgroup, folders.cpuCgroup].some((folder) => folder !== null && existsSync(`${folder}/${name}`)),
  );
  console.log(JSON.stringify({ hasQuota: cgroups.hasQuota, free, limited, waited, remaining }));
}

void measure();
