import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { readConfiguration } from "../../policies/configurationFile";
import type { HeldBy } from "../../policies/holding";
import { together, type ConfiguredPack } from "../../policies/together";
import { Failure, messageOf } from "../failure";
import { loadAnalyzer, loadPack } from "../lazily.cjs";

/** The packs that hold a run, served as one pack. */
export interface ServedPacks {
  /** Writes what `--policy-pack` takes: an executable that hands the engine the port. None for no packs. */
  readonly policyPacksIn: (folder: string) => Promise<readonly string[]>;
  readonly stop: () => void;
}

/**
 * Serves packs with a stack's own thresholds, in this process.
 *
 * @throws Failure when a pack cannot be loaded, or thresholds are wrong: all that is wrong with them
 */
export async function servePacks(held: readonly HeldBy[]): Promise<ServedPacks> {
  if (held.length === 0) return { policyPacksIn: () => Promise.resolve([]), stop: () => undefined };
  const packs = await Promise.all(held.map(configuredPack));
  const problems = packs.flatMap((pack) => ("problems" in pack ? pack.problems : []));
  if (problems.length > 0) {
    throw new Failure(
      `The packs' thresholds are wrong:\n${problems.join("\n")}`,
      "Mend them, and run this again.",
    );
  }
  const good = packs.flatMap((pack) => ("problems" in pack ? [] : [pack]));
  const { port, stop } = await loadAnalyzer()({ name: packName, version: "1.0.0", ...together(good) });
  return { policyPacksIn: async (folder) => [await writeExecutable(folder, port)], stop };
}

/** Of all packs together; each rule's name has its own pack's in it. */
const packName = "policies";

async function configuredPack({
  name,
  folder,
  configFile,
}: HeldBy): Promise<ConfiguredPack | { readonly problems: readonly string[] }> {
  const pack = load();
  if (configFile === undefined) return { pack };
  const read = await readConfiguration(pack, configFile);
  return "problems" in read ? read : { pack, configuration: read.configuration };

  function load() {
    try {
      return loadPack(folder);
    } catch (error) {
      throw new Failure(
        `The policy pack ${name} cannot be loaded: ${messageOf(error)}`,
        "Mend what is said above, and run this again.",
        { cause: error },
      );
    }
  }
}

async function writeExecutable(folder: string, port: number): Promise<string> {
  const file = path.join(folder, packName);
  await mkdir(folder, { recursive: true });
  // A file that is being executed cannot be written over.
  await rm(file, { force: true });
  await writeFile(file, `#!/bin/sh\necho ${port}\n`, { mode: 0o755 });
  return file;
}
