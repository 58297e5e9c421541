import { listenForInterrupts, type Interrupt } from "../cli/interrupt";
import type { Program } from "../cli/runCommand";
import { commands, options, parseCommandLine, usage, type Invocation } from "./commandLine";
import { perform } from "./perform";

/** `npm run site`. */
export const program: Program<Invocation, Interrupt> = {
  parse: parseCommandLine,
  usage,
  options,
  commands: Object.keys(commands),
  listen: listenForInterrupts,
  perform,
  folderOf: ({ folder }) => folder ?? process.cwd(),
};
