import type { Interrupt } from "../cli/interrupt";
import type { Program } from "../cli/runCommand";
import { commands, options, parseCommandLine, usage, type Invocation } from "./commandLine";
import { localCommand } from "./localCommand";
import { foldersFor, listen, perform } from "./perform";

/** `npm run local`. */
export const localProgram: Program<Invocation, Interrupt> = {
  parse: parseCommandLine,
  usage,
  options,
  commands: Object.keys(commands),
  listen,
  perform,
  folderOf: (invocation) => foldersFor(invocation).local,
  stopped: (invocation) =>
    `Stopped. What was finished is kept; ${localCommand(invocation)} resumes from there.`,
};
