import path from "node:path";

import type { OtherProgram } from "../cli/passThrough";
import type { Invocation } from "./commandLine";
import { foldersFor } from "./stack/folders";

/** `npm run local -- WORDS` on the stack of this command, in a process of its own. */
export function localRun(
  { stack, folder, settings }: Pick<Invocation, "stack" | "folder" | "settings">,
  words: readonly string[],
): OtherProgram {
  const { repository } = foldersFor({ folder, settings });
  const hooks = ["requirements.cjs", "register.cjs"].flatMap((hook) => [
    "--require",
    path.join(repository, "nodeHooks", hook),
  ]);
  const options = [
    ...(folder === undefined ? [] : ["--folder", folder]),
    ...(settings === undefined ? [] : ["--settings", settings]),
  ];
  return {
    command: process.execPath,
    words: [...hooks, path.join(repository, "local/main.ts"), ...words, "--stack", stack, ...options],
    environment: process.env,
  };
}
