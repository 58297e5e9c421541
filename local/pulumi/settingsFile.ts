import { existsSync } from "node:fs";
import path from "node:path";

import { Failure } from "../failure";
import type { Folders } from "../folders";

/** Pulumi's project of every stack here, whatever `Pulumi.yaml` calls it: a copy of this folder has its own name. */
export const projectName = "wordpress";

/** The file that holds a stack's settings. */
export function settingsFile(stackName: string): string {
  return `Pulumi.${stackName}.yaml`;
}

/** @throws Failure when the stack has no settings: there is no such stack */
export function requireSettings(folders: Folders, stackName: string): void {
  const file = settingsFile(stackName);
  if (existsSync(path.join(folders.project, file))) return;
  throw new Failure(
    `There is no stack ${stackName}: ${file} is missing.`,
    "Name a stack that has a settings file (--stack local, dev or prod), or write one.",
  );
}
