import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../cli/failure";
import { nearest } from "../components/settings/nearest";
import { InvalidSettingsError } from "../components/settings/problem";
import { readSettingsFile } from "../components/settings/settingsFile";
import { settleFile, type SettledFile } from "../config";
import type { Folders } from "./folders";
import { readProjectFile } from "./projectFile";

/**
 * The project name of every stack here, also when `Pulumi.yaml` has another one: a copy of this folder has its own
 * name.
 */
export const projectName = "wordpress";

/** The file that holds a stack's settings. */
export function settingsFile(stackName: string): string {
  return `Pulumi.${stackName}.yaml`;
}

/** The stacks that a project has settings for, by its `Pulumi.<stack>.yaml` files, sorted. */
export async function stackNamesIn(projectFolder: string): Promise<readonly string[]> {
  const names = (await readdir(projectFolder)).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
  return names.sort();
}

/**
 * Reads the files of a stack and its project, and checks everything that needs no account.
 *
 * @throws Failure when the stack has no file; InvalidSettingsError that lists all problems with their lines
 */
export async function readStackFile(
  { project }: Pick<Folders, "project">,
  stackName: string,
): Promise<SettledFile> {
  const name = settingsFile(stackName);
  const bytes = await settingsBytes(project, stackName);
  if (bytes === undefined) throw noSuchStack(stackName, await readdir(project));
  const { projectName: given, config, problems } = await readProjectFile(project);
  if (problems.length > 0) throw new InvalidSettingsError("Pulumi.yaml", problems);
  return settleFile(readSettingsFile(name, bytes), { project: given, stack: stackName }, config);
}

/** @throws Failure when the stack has no file. Does not check the content. */
export async function requireStackFile(
  { project }: Pick<Folders, "project">,
  stackName: string,
): Promise<void> {
  const files = await readdir(project);
  if (!files.includes(settingsFile(stackName))) throw noSuchStack(stackName, files);
}

/** The fix for a stack that does not exist: rename a file with another spelling, or use a similar name. */
export function noSuchStack(stackName: string, files: readonly string[]): Failure {
  const wanted = settingsFile(stackName);
  const problem = `Stack ${stackName} does not exist: ${wanted} is missing.`;
  const otherCase = files.find((file) => sameName(file) === sameName(wanted));
  if (otherCase !== undefined) return new Failure(problem, `Rename ${otherCase} to ${wanted}.`);
  const stacks = files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
  const near = nearest(stackName, stacks);
  const hint = near === undefined ? "" : `Did you mean ${near}? `;
  const known = stacks.length === 0 ? "" : `Use one of ${stacks.join(", ")} (--stack), or write`;
  return new Failure(problem, known === "" ? `Write ${wanted}.` : `${hint}${known} ${wanted}.`);
}

/** File names that a user may confuse with it: other case, `.yml`, a text editor's `.txt`. */
function sameName(file: string): string {
  return file
    .toLowerCase()
    .replace(/\.txt$/, "")
    .replace(/\.yml$/, ".yaml");
}

/**
 * The content of a stack's file; undefined when there is none.
 *
 * @param project the folder with `Pulumi.yaml`
 */
export async function settingsBytes(project: string, stackName: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path.join(project, settingsFile(stackName)));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The region that the stack's settings name; undefined when the settings are missing or invalid. */
export async function regionInSettings(
  folders: Pick<Folders, "project">,
  stackName: string,
): Promise<string | undefined> {
  try {
    return (await readStackFile(folders, stackName)).region;
  } catch (error) {
    if (error instanceof Failure || error instanceof InvalidSettingsError) return undefined;
    throw error;
  }
}
