import "../nodeHooks/register.cjs";

import { runCommand } from "../cli/runCommand";
import { localFolder } from "./classRun";
import { commands, options, parseCommandLine, usage } from "./commandLine";
import { isMisuse, perform } from "./perform";
import { listenForSignals } from "./signals";

void runCommand({
  parse: parseCommandLine,
  usage,
  options,
  commands: Object.keys(commands),
  listen: listenForSignals,
  perform,
  folderOf: localFolder,
  isMisuse,
});
