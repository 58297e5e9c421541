import "../../nodeHooks/register.cjs";

import { runCommand } from "../../cli/runCommand";
import { InvalidSettingsError } from "../../components/settings/problem";
import { listenForSignals } from "../signals";
import { options, parseCommandLine, usage } from "./commandLine";
import { localFolderOf, perform } from "./perform";

void runCommand({
  parse: parseCommandLine,
  usage,
  options,
  listen: listenForSignals,
  perform,
  folderOf: localFolderOf,
  isMisuse: (error) => error instanceof InvalidSettingsError,
});
