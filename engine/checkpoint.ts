import { readdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

import { codeOf } from "../cli/failure";
import { parseJson, z } from "../cli/json";
import type { Folders } from "./folders";

const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().default(""),
  /** Pulumi's own protection: the engine refuses to delete or replace the resource. */
  protect: z.boolean().default(false),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

const deploymentSchema = z.object({
  resources: z.array(resourceSchema).nullish(),
  pending_operations: z
    .array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) }))
    .nullish(),
});

const checkpointSchema = z.object({ checkpoint: z.object({ latest: deploymentSchema.nullish() }) });

/** What `pulumi stack export` prints. */
const exportSchema = z.object({ deployment: deploymentSchema.nullish() });

/** A resource in Pulumi's state. */
export type StateResource = z.output<typeof resourceSchema>;

/** Pulumi's state of a stack. */
export interface Checkpoint {
  /** The resources, without the stack itself and its providers. */
  readonly resources: readonly StateResource[];
  /** The outputs of the program; secrets are not readable here. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Operations that were in progress when an engine was killed, e.g. `creating`. */
  readonly interrupted: readonly { readonly operation: string; readonly urn: string }[];
}

/** The type of the stack itself; its outputs are the program's. */
export const stackType = "pulumi:pulumi:Stack";
/** Marks a secret in a checkpoint, where its value is encrypted. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** Reads a stack's checkpoint from the file backend; undefined when there is none yet. */
export async function readCheckpoint(
  folders: Folders,
  projectName: string,
  stackName: string,
): Promise<Checkpoint | undefined> {
  const file = path.join(stacksFolder(folders, projectName), `${stackName}.json`);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  return checkpointOf(parseJson(checkpointSchema, text)?.checkpoint.latest);
}

/** The state in the output of `pulumi stack export`. */
export function checkpointInExport(text: string): Checkpoint {
  return checkpointOf(parseJson(exportSchema, text)?.deployment);
}

function checkpointOf(latest: z.output<typeof deploymentSchema> | null | undefined): Checkpoint {
  const all = latest?.resources ?? [];
  return {
    resources: all.filter(({ type }) => isOurs(type)),
    outputs: withoutSecrets(all.find(({ type }) => type === stackType)?.outputs ?? {}),
    interrupted: (latest?.pending_operations ?? []).map(({ type, resource }) => ({
      operation: type,
      urn: resource.urn,
    })),
  };
}

/**
 * Renames a checkpoint that is incomplete because its engine was killed while writing, and the attributes that the file
 * backend keeps beside it: the CLI refuses both. A stack without its checkpoint has unknown resources, as after every
 * killed run; the attributes only state the file's content type.
 */
export async function setTornCheckpointAside(
  folders: Folders,
  projectName: string,
  stackName: string,
): Promise<void> {
  const file = path.join(stacksFolder(folders, projectName), `${stackName}.json`);
  for (const each of [file, `${file}.attrs`]) {
    try {
      JSON.parse(await readFile(each, "utf8"));
    } catch (error) {
      if (error instanceof SyntaxError) await rename(each, `${each}.torn`);
      else if (codeOf(error) !== "ENOENT") throw error;
    }
  }
}

/** Whether the outputs are those in the state: they can change while no resource does. */
export function isRemembered(
  outputs: Readonly<Record<string, unknown>>,
  state: Checkpoint | undefined,
): boolean {
  return isDeepStrictEqual(outputs, state?.outputs);
}

/** The stacks in the file backend. */
export async function knownStacks(folders: Folders, projectName: string): Promise<readonly string[]> {
  try {
    const names = await readdir(stacksFolder(folders, projectName));
    return names
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length))
      .sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** Whether a resource is the program's, and not the stack itself or a provider. */
export function isOurs(type: string): boolean {
  return type !== stackType && !type.startsWith("pulumi:providers:");
}

/** The outputs with `[secret]` for each secret. */
export function withoutSecrets(
  outputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const show = (value: unknown) =>
    typeof value === "object" && value !== null && secretMark in value ? "[secret]" : value;
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, show(value)]));
}

/** Where the file backend keeps the state of a project's stacks. */
export function stacksFolder(folders: Folders, projectName: string): string {
  return path.join(folders.state, ".pulumi", "stacks", projectName);
}
