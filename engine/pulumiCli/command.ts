import { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { CommandError } from "@pulumi/pulumi/automation/errors";
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rename } from "node:fs/promises";
import path from "node:path";
import type { SemVer } from "semver";

import { waitForLock } from "../../cli/lock";
import type { Steps } from "../../cli/steps";
import { buildPulumi } from "./build";
import { downloadPulumi, downloadsAreOpen } from "./download";
import { removeDrafts } from "./drafts";
import { isNewEnough, pinnedVersion } from "./version";

/**
 * The Pulumi CLI: the first on PATH, if it is new enough; else the one that an earlier run put into the user's
 * cache; else the official download; else, where downloads are closed, built from its Go module.
 *
 * @param cache a folder that every working copy of this user shares: `pulumi/<version>/bin/pulumi` in it
 * @throws Failure when none of these ways is open
 */
export async function findPulumi(cache: string, steps: Steps): Promise<PulumiCommand> {
  return (await pulumiOnPath()) ?? (await pulumiInCache(cache, steps));
}

async function pulumiOnPath(): Promise<PulumiCommand | undefined> {
  if (!isOnPath(process.env["PATH"] ?? "")) return undefined;
  try {
    const command = await PulumiCommand.get({ skipVersionCheck: true });
    return isNewEnough(command.version, pinnedVersion()) ? command : undefined;
  } catch (error) {
    // One that does not even tell its version is as good as none.
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** Asking the file system is quicker than a process that cannot start. */
function isOnPath(searchPath: string): boolean {
  const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";
  return searchPath
    .split(path.delimiter)
    .some((folder) => folder !== "" && existsSync(path.join(folder, name)));
}

async function pulumiInCache(cache: string, steps: Steps): Promise<PulumiCommand> {
  const version = pinnedVersion();
  const root = path.join(cache, "pulumi", version.version);
  if (!existsSync(root)) await install(root, steps);
  return commandOf(path.join(root, "bin", "pulumi"), version);
}

/** {@link PulumiCommand.get} would ask the CLI for the version, which takes it longer than an empty preview's start. */
function commandOf(executable: string, version: SemVer): PulumiCommand {
  const command: unknown = Reflect.construct(PulumiCommand, [executable, version]);
  if (!(command instanceof PulumiCommand)) throw new TypeError(`no command of Pulumi's: ${String(command)}`);
  return command;
}

/** Puts the CLI into the cache, whole or not at all, once even when several runs want it at the same time. */
async function install(root: string, steps: Steps): Promise<void> {
  const version = pinnedVersion();
  await steps.run(`Pulumi CLI ${version.version}`, async (say) => {
    const lock = await waitForLock(`${root}.lock`, "installs the Pulumi CLI", (holder) => {
      say(`another run (process ${holder.pid}) installs it`);
    });
    try {
      if (existsSync(root)) return;
      await mkdir(path.dirname(root), { recursive: true });
      await removeDrafts(root);
      const draft = await mkdtemp(`${root}.draft-`);
      const removeDraft = () => {
        rmSync(draft, { recursive: true, force: true });
      };
      process.on("exit", removeDraft);
      try {
        if (await downloadsAreOpen()) await downloadPulumi(draft, version, say);
        else await buildPulumi(draft, version, say);
        // One that does not run is not kept: later runs take it as it is.
        await PulumiCommand.get({ root: draft, skipVersionCheck: true });
        await rename(draft, root);
      } finally {
        process.off("exit", removeDraft);
        removeDraft();
      }
    } finally {
      await lock.release();
    }
  });
}
