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
 * The Pulumi CLI: the first on PATH, if it is new enough; else the one in the user's cache; else the official download;
 * else, where downloads are closed, a build from its Go module.
 *
 * @param cache a folder that all working copies of this user share: `pulumi/<version>/bin/pulumi` in it
 * @throws Failure when none of them is available
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
    // Ignores a CLI that cannot print its version.
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** A check of the file is faster than starting a process that fails. */
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

/** {@link PulumiCommand.get} asks the CLI for its version, which takes longer than the start of an empty preview. */
function commandOf(executable: string, version: SemVer): PulumiCommand {
  const command: unknown = Reflect.construct(PulumiCommand, [executable, version]);
  if (!(command instanceof PulumiCommand)) throw new TypeError(`not a command of Pulumi: ${String(command)}`);
  return command;
}

/**
 * Installs the CLI into the cache, either completely or not at all. Several runs that need it at the same time
 * install it once.
 */
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
        // Does not keep a CLI that does not run, because later runs do not check it.
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
