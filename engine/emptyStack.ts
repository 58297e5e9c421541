import { type LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../cli/failure";
import { parseJson, z } from "../cli/json";
import { stacksFolder } from "./checkpoint";
import type { Folders } from "./folders";
import { secretsProvider } from "./secretsKeeper";

/** A stack to create. */
export interface NewStack {
  readonly folders: Folders;
  readonly projectName: string;
  readonly stackName: string;
}

const stateSchema = z.looseObject({ checkpoint: z.looseObject({ stack: z.string() }) });

/** An empty stack as the CLI created it: its state, the backend's own file beside it, and the key of its secrets. */
const emptyStackSchema = z.object({ state: stateSchema, meta: z.string(), encryptedKey: z.string() });
type EmptyStack = z.output<typeof emptyStackSchema>;

/**
 * Creates a stack whose secrets are not protected. The CLI needs a fifth of a second to create a stack, so later
 * stacks are copies of the first one that this version of the CLI created.
 */
export async function createStack(run: NewStack, workspace: LocalWorkspace): Promise<Stack> {
  const kept = path.join(run.folders.pulumiHome, `empty-stack-${workspace.pulumiVersion}.json`);
  const empty = await readEmptyStack(kept);
  if (empty === undefined) {
    const stack = await Stack.create(run.stackName, workspace);
    await keepEmptyStack(kept, run, workspace);
    return stack;
  }
  const { folders, projectName, stackName } = run;
  const { checkpoint } = empty.state;
  const ours = { ...checkpoint, stack: `organization/${projectName}/${stackName}` };
  await mkdir(stacksFolder(folders, projectName), { recursive: true });
  await writeWhole(metaFile(folders), empty.meta);
  const settings = await workspace.stackSettings(stackName);
  await workspace.saveStackSettings(stackName, {
    ...settings,
    secretsProvider,
    encryptedKey: empty.encryptedKey,
  });
  // Written last: the stack does not exist before its state does.
  await writeWhole(stateFile(run), JSON.stringify({ ...empty.state, checkpoint: ours }));
  return Stack.select(stackName, workspace);
}

async function readEmptyStack(file: string): Promise<EmptyStack | undefined> {
  try {
    return parseJson(emptyStackSchema, await readFile(file, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function keepEmptyStack(file: string, run: NewStack, workspace: LocalWorkspace): Promise<void> {
  const { encryptedKey } = await workspace.stackSettings(run.stackName);
  const state = parseJson(stateSchema, await readFile(stateFile(run), "utf8"));
  if (encryptedKey === undefined || state === undefined) return;
  const meta = await readFile(metaFile(run.folders), "utf8");
  await mkdir(path.dirname(file), { recursive: true });
  await writeWhole(file, JSON.stringify({ state, meta, encryptedKey }));
}

/** Other processes may read the file at this moment, or write the same content. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text);
  await rename(draft, file);
}

function stateFile({ folders, projectName, stackName }: NewStack): string {
  return path.join(stacksFolder(folders, projectName), `${stackName}.json`);
}

/** Writes the layout version of the file backend's folder. */
function metaFile({ state }: Folders): string {
  return path.join(state, ".pulumi", "meta.yaml");
}
