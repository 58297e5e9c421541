import { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../failure";
import { waitForLock } from "../lock";
import type { Steps } from "../ui/steps";
import { buildPulumi } from "./build";
import { downloadPulumi, downloadsAreOpen } from "./download";
import { isNewEnough, pinnedVersion } from "./version";

/**
 * The Pulumi CLI: the first on PATH that is new enough; else the one that an earlier run put into the
 * user's cache; else the official download; else, where downloads are closed, built from its Go module.
 *
 * @param cache a folder that every working copy of this user shares: `pulumi/<version>/bin/pulumi` in it
 * @throws Failure when none of these ways is open
 */
export async function findPulumi(cache: string, steps: Steps): Promise<PulumiCommand> {
  return (await pulumiOnPath()) ?? (await pulumiInCache(cache, steps));
}

async function pulumiOnPath(): Promise<PulumiCommand | undefined> {
  const onPath = await firstOnPath(process.env["PATH"] ?? "");
  if (onPath === undefined) return undefined;
  const command = await PulumiCommand.get({ skipVersionCheck: true });
  return isNewEnough(command.version, pinnedVersion()) ? command : undefined;
}

/** The first `pulumi` on a PATH: asking the file system is quicker than a process that cannot start. */
async function firstOnPath(searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(path.delimiter)) {
    const candidate = path.join(folder, process.platform === "win32" ? "pulumi.exe" : "pulumi");
    if (folder !== "" && (await exists(candidate))) return candidate;
  }
  return undefined;
}

async function pulumiInCache(cache: string, steps: Steps): Promise<PulumiCommand> {
  const version = pinnedVersion();
  const root = path.join(cache, "pulumi", version.version);
  if (!(await exists(root))) await install(root, steps);
  return PulumiCommand.get({ root, skipVersionCheck: true });
}

/** Puts the CLI into the cache, whole or not at all, once even when several runs want it at the same time. */
async function install(root: string, steps: Steps): Promise<void> {
  const version = pinnedVersion();
  await steps.run(`Pulumi CLI ${version.version}`, async (say) => {
    const lock = await waitForLock(`${root}.lock`, "installs the Pulumi CLI", (holder) => {
      say(`another run (process ${holder.pid}) installs it`);
    });
    try {
      if (await exists(root)) return;
      await mkdir(path.dirname(root), { recursive: true });
      const draft = await mkdtemp(`${root}.draft-`);
      try {
        if (await downloadsAreOpen()) await downloadPulumi(draft, version, say);
        else await buildPulumi(draft, version, say);
        await rename(draft, root);
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    } finally {
      await lock.release();
    }
  });
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return false;
    throw error;
  }
}
