import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";

import { foldersOf, type Folders } from "../../engine/folders";
import type { Task } from "./task";

const repository = path.resolve(__dirname, "../..");

/** A student's state, settings and log; Pulumi's home is that of the local run. */
export function foldersIn(folder: string, localFolder: string): Folders {
  const own = foldersOf({ repository, project: path.join(folder, "settings"), local: folder });
  return { ...own, pulumiHome: foldersOf({ repository, local: localFolder }).pulumiHome };
}

/** Quotes what Pulumi's reader would not take as text, for example a time. */
const asPulumiReads = { compat: "yaml-1.1" } as const;

/** Writes the student's settings as a stack's file, which the instructor can read too. */
export async function writeSettings({ project }: Folders, { id, config }: Task): Promise<void> {
  await mkdir(project, { recursive: true });
  await copyFile(path.join(repository, "Pulumi.yaml"), path.join(project, "Pulumi.yaml"));
  await writeFile(path.join(project, `Pulumi.${id}.yaml`), stringify({ config }, asPulumiReads));
}
