import "../nodeHooks/register.cjs";

import { runCommand } from "../cli/runCommand";
import { options, parseCommandLine, usage } from "./commandLine";
import { listen, perform } from "./perform";

void runCommand({
  parse: parseCommandLine,
  usage,
  options,
  listen,
  perform,
  folderOf: () => process.cwd(),
  stopped: () => "Stopped. Nothing was changed: the page only reads.",
});
