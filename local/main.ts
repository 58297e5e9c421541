import "../nodeHooks/register.cjs";
import "../engine/patches/singleProgram";

import { runCommand } from "../cli/runCommand";
import { commands, options, parseCommandLine, usage } from "./commandLine";
import { localCommand } from "./localCommand";
import { foldersFor, listen, perform } from "./perform";

void runCommand({
  parse: parseCommandLine,
  usage,
  options,
  commands: Object.keys(commands),
  listen,
  perform,
  folderOf: (invocation) => foldersFor(invocation).local,
  stopped: (invocation) =>
    `Stopped. What was finished is kept; ${localCommand(invocation)} resumes from there.`,
});
