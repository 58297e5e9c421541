import { readFile } from "node:fs/promises";
import path from "node:path";

import { Failure } from "../../cli/failure";
import { stacksFolder } from "../checkpoint";
import type { Folders } from "../folders";
import { projectName } from "../settingsFile";
import { readCheckpointFile, type Deployment } from "./deployment";

/**
 * Reads a stack's state from the file backend.
 *
 * @param again the command that writes the file again
 * @throws Failure when the file is no state
 */
export async function readStateFile(folders: Folders, stackName: string, again: string): Promise<Deployment> {
  const file = path.join(stacksFolder(folders, projectName), `${stackName}.json`);
  const state = readCheckpointFile(await readFile(file, "utf8"));
  if (state !== undefined) return state;
  throw new Failure(
    `${file} is no state of a stack: an update was killed while it wrote the file.`,
    `Run the update again: ${again}`,
  );
}
