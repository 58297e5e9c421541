import { npmCommand, type GivenOptions } from "./shellCommand";

/** Options of a command line that npm took for itself. */
export interface TakenByNpm {
  /** The options' names, without the dashes. */
  readonly names: readonly string[];
  /** The command that the user must type. */
  readonly command: string;
  /** False when npm has options of these names too, which the user's `.npmrc` may set. */
  readonly isCertain: boolean;
}

const npmHasToo: ReadonlySet<string> = new Set(["json", "yes"]);

/**
 * Finds options that were given before the `--` of `npm run SCRIPT -- …`. npm takes them for its own and starts the
 * script without them; only its environment variables show them: `npm_config_stack=dev` for `--stack=dev`, and
 * `npm_config_stack=true` for `--stack dev`, whose value is then one of the words.
 *
 * @param words the script's arguments
 * @param options the options of the script
 * @param commands words that are no option's value
 */
export function takenByNpm(
  environment: NodeJS.ProcessEnv,
  words: readonly string[],
  options: Readonly<Record<string, { readonly type: "string" | "boolean" }>>,
  commands: readonly string[] = [],
): TakenByNpm | undefined {
  const script = environment["npm_lifecycle_event"];
  if (script === undefined) return undefined;
  const rest = [...words];
  const taken: Record<string, GivenOptions[string]> = {};
  for (const [name, { type }] of Object.entries(options)) {
    const value = environment[`npm_config_${name}`] ?? "";
    if (value === "" || value === "false") continue;
    if (type === "boolean") taken[name] = true;
    else taken[name] = value === "true" ? takeValue(rest, commands) : value;
  }
  const names = Object.keys(taken);
  if (names.length === 0) return undefined;
  return {
    names,
    command: npmCommand(script, rest, taken),
    isCertain: names.some((name) => !npmHasToo.has(name)),
  };
}

/** Removes the first word that can be an option's value. */
function takeValue(words: string[], commands: readonly string[]): string {
  const index = words.findIndex((word) => !word.startsWith("-") && !commands.includes(word));
  return index === -1 ? "VALUE" : (words.splice(index, 1)[0] ?? "VALUE");
}

/** The message for the user. */
export function takenText({ names, command }: TakenByNpm): string {
  const options = names.map((name) => `--${name}`).join(" and ");
  return `npm took ${options} for itself: options of this command follow a "--". Type: ${command}`;
}
