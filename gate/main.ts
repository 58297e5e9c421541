import "../nodeHooks/register.cjs";

import { listenForInterrupts } from "../cli/interrupt";
import { runCommand } from "../cli/runCommand";
import { options, parseCommandLine, usage } from "./commandLine";
import { foldersFor, perform } from "./perform";

void runCommand({
  parse: parseCommandLine,
  usage,
  options,
  facts: { passed: false },
  listen: listenForInterrupts,
  perform,
  folderOf: (invocation) => foldersFor(invocation).local,
});
