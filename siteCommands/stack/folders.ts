import path from "node:path";

import { foldersOf, type Folders } from "../../engine/folders";
import type { Invocation } from "../commandLine";

/** The folders of the stack's settings, and of its run on this machine. */
export function foldersFor({ folder, settings }: Pick<Invocation, "folder" | "settings">): Folders {
  return foldersOf({
    repository: path.resolve(__dirname, "../.."),
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
}
