import "../../nodeHooks/register.cjs";

import { listenForInterrupts } from "../../cli/interrupt";
import { runCommand } from "../../cli/runCommand";
import { InvalidSettingsError } from "../../components/settings/problem";
import { localFolderOf } from "../grade/perform";
import { options, parseCommandLine, usage } from "./commandLine";
import { perform } from "./perform";

void runCommand({
  parse: parseCommandLine,
  usage,
  options,
  listen: listenForInterrupts,
  perform,
  folderOf: localFolderOf,
  isMisuse: (error) => error instanceof InvalidSettingsError,
});
