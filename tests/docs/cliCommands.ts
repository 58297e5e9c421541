import { shellLinesOf } from "./commands";
import { inlineCodeOf } from "./markdown";

/** A command of another program, as a document writes it. */
export interface CliCommand {
  /** The words that name the command, e.g. `stack output`. */
  readonly name: string;
  /** Its options without values, e.g. `--stack`. */
  readonly options: readonly string[];
}

/** The commands of a program in a document's shell blocks and inline code, those in `$(…)` included. */
export function cliCommandsOf(text: string, program: string): readonly CliCommand[] {
  return [...shellLinesOf(text), ...inlineCodeOf(text)]
    .flatMap(partsOf)
    .map((part) => new RegExp(String.raw`(?:^|(?:^|\s)(?:[A-Z_]+=\S+ |-- ))${program} (.*)$`).exec(part)?.[1])
    .filter((rest) => rest !== undefined)
    .map(commandIn)
    .filter(({ name }) => name !== "");
}

/** A line and what it substitutes, each on its own. */
function partsOf(line: string): readonly string[] {
  const inner = /\$\(([^()]*)\)/.exec(line);
  if (inner === null) return [line];
  return [inner[1] ?? "", ...partsOf(line.replace(inner[0], "SUBSTITUTED"))];
}

function commandIn(rest: string): CliCommand {
  const words = rest.replaceAll(/"[^"]*"|'[^']*'/g, "QUOTED").split(/\s+/);
  const end = words.findIndex((word) => !/^[a-z][a-z\d-]*$/.test(word));
  return {
    name: words.slice(0, end === -1 ? undefined : end).join(" "),
    options: words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, "")),
  };
}
