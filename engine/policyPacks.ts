import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { Failure, messageOf } from "../cli/failure";
import { combinePacks, type ConfiguredPack } from "../policies/combinedPack";
import { readConfiguration, type ReadConfiguration } from "../policies/configuration/file";
import { defaultExceptionsFile, forEveryStack, readExceptions } from "../policies/exceptions/file";
import { defaultLevelsFile, readLevels } from "../policies/levels/file";
import type { StackPack } from "../policies/stackPacks";
import type { Pack } from "../policies/support/pack";

/** The packs of a run, served as one pack. */
export interface ServedPacks {
  /** Writes the executable that `--policy-pack` takes and that prints the port. Writes nothing without packs. */
  readonly policyPacksIn: (folder: string) => Promise<readonly string[]>;
  readonly stop: () => void;
}

/** What configures the packs of a run, besides the stack's thresholds. */
export interface PackOptions {
  /** The file with the exceptions. Default: `policies/exceptions.yaml`. */
  readonly exceptions?: string | undefined;
  /** The file with the levels. Default: `policies/levels.yaml`. */
  readonly levels?: string | undefined;
  /** The stack whose exceptions apply to every stack. Default: each stack has its own. */
  readonly ofStack?: string | undefined;
}

/**
 * Serves packs with a stack's own thresholds and exceptions, in this process.
 *
 * @throws Failure as {@link loadPacks} does
 */
export async function servePacks(
  stackPacks: readonly StackPack[],
  options: PackOptions = {},
): Promise<ServedPacks> {
  if (stackPacks.length === 0) return { policyPacksIn: () => Promise.resolve([]), stop: () => undefined };
  const packs = await loadPacks(stackPacks, options);
  const { serveAnalyzer } = await import("./patches/analyzer.ts");
  const { port, stop } = await serveAnalyzer({ name: packName, version: "1.0.0", ...combinePacks(packs) });
  return { policyPacksIn: async (folder) => [await writeExecutable(folder, port)], stop };
}

/** The name of the combined pack; each rule's name contains its own pack's name. */
const packName = "policies";

/** @throws Failure when a pack cannot be loaded, or that lists all wrong thresholds, exceptions and levels */
export async function loadPacks(
  stackPacks: readonly StackPack[],
  {
    exceptions: file = defaultExceptionsFile,
    levels: levelsFile = defaultLevelsFile,
    ofStack,
  }: PackOptions = {},
): Promise<readonly ConfiguredPack[]> {
  const packs: ConfiguredPack[] = [];
  const problems: string[] = [];
  for (const { name, folder, configFile } of stackPacks) {
    const pack = await loadPack(name, folder);
    const read: ReadConfiguration =
      configFile === undefined ? { configuration: {} } : await readConfiguration(pack, configFile);
    if ("problems" in read) problems.push(...read.problems);
    else packs.push({ pack, ...read });
  }
  const names = { packs: packs.map(({ pack }) => pack), areAllPacks: false };
  const { problems: wrongExceptions, ...read } = readExceptions(file, names);
  const { problems: wrongLevels, levels } = readLevels(levelsFile, names);
  problems.push(...wrongExceptions, ...wrongLevels);
  const exceptions = ofStack === undefined ? read : forEveryStack(read, ofStack);
  if (problems.length === 0) return packs.map((pack) => ({ ...pack, exceptions, levels }));
  throw new Failure(
    `The packs' thresholds, exceptions or levels are wrong:\n${problems.join("\n")}`,
    "Fix them, then run the command again.",
  );
}

async function loadPack(name: string, folder: string): Promise<Pack> {
  try {
    const loaded: unknown = await import(path.join(folder, "pack.ts"));
    if (hasPack(loaded)) return loaded.default;
  } catch (error) {
    throw new Failure(
      `The policy pack ${name} cannot be loaded: ${messageOf(error)}`,
      "Fix the error above, then run the command again.",
      { cause: error },
    );
  }
  throw new Failure(
    `The policy pack ${name} cannot be loaded: ${path.join(folder, "pack.ts")} has no pack as its default export.`,
    "Export an object with name, displayName, description and rules.",
  );
}

function hasPack(loaded: unknown): loaded is { readonly default: Pack } {
  if (typeof loaded !== "object" || loaded === null || !("default" in loaded)) return false;
  const pack = loaded.default;
  return typeof pack === "object" && pack !== null && "name" in pack && "rules" in pack;
}

async function writeExecutable(folder: string, port: number): Promise<string> {
  const file = path.join(folder, packName);
  await mkdir(folder, { recursive: true });
  // A file that is being executed cannot be overwritten.
  await rm(file, { force: true });
  await writeFile(file, `#!/bin/sh\necho ${port}\n`, { mode: 0o755 });
  return file;
}
