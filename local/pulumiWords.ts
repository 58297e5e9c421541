import path from "node:path";

/** The requirements of a command of Pulumi's CLI on a stack here. */
export type PulumiRun =
  /** The reason why the command cannot run. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It runs the engine: with the emulator, the providers, the program and the stack's policy packs. */
  | { readonly kind: "engine"; readonly changes: boolean; readonly takesPacks: boolean }
  /** It needs the stack's state and settings alone. */
  | { readonly kind: "state"; readonly isConfig: boolean };

/** Commands that run the engine, under each of their names; whether they change the stack and take policy packs. */
const engineCommands: Readonly<Record<string, { readonly changes: boolean; readonly takesPacks: boolean }>> =
  {
    preview: { changes: false, takesPacks: true },
    pre: { changes: false, takesPacks: true },
    up: { changes: true, takesPacks: true },
    update: { changes: true, takesPacks: true },
    destroy: { changes: true, takesPacks: false },
    down: { changes: true, takesPacks: false },
    dn: { changes: true, takesPacks: false },
    refresh: { changes: true, takesPacks: false },
    import: { changes: true, takesPacks: false },
  };

const stackIsNamedBefore = "the option --stack before the word pulumi names the stack";
const createdByUp = "the first up of a stack creates it";
const stateIsInFolder = "the state of the stacks is in the folder of the run and needs no login";
const secretsStayOut =
  "Pulumi.<stack>.yaml has plain text only here: another account could not read what this one encrypts";

/** Commands that do not work here, with their subcommands: `stack select`. */
const refused: Readonly<Record<string, string>> = {
  login: stateIsInFolder,
  logout: stateIsInFolder,
  new: "the project is this repository",
  watch: "up after each change does the same",
  "stack select": stackIsNamedBefore,
  "stack unselect": stackIsNamedBefore,
  "stack init": createdByUp,
  "stack new": createdByUp,
  "stack rename": "a stack has the name of its settings file, Pulumi.<stack>.yaml",
  "stack migrate": "the stacks of the emulator have no other backend",
  "stack change-secrets-provider": "the stacks of the emulator have no other secrets provider",
  "config refresh": "it would write the account of the emulator into Pulumi.<stack>.yaml",
  "config copy": "copy the file Pulumi.<stack>.yaml instead",
  "config cp": "copy the file Pulumi.<stack>.yaml instead",
};

/** Global options that take a value and may come before the command. */
const globalOptions: ReadonlySet<string> = new Set([
  "--color",
  "--memprofilerate",
  "--otel-traces",
  "--profiling",
  "--tracing",
  "--verbose",
  "-v",
]);

/** Reads the parts of a Pulumi command line that are needed to run it. */
export function planPulumi(words: readonly string[]): PulumiRun {
  const own = beforeDoubleDash(words);
  const [command, subcommand] = own.filter(
    (word, index) => !word.startsWith("-") && !globalOptions.has(own[index - 1] ?? ""),
  );
  const reason = reasonAgainst(own, command, subcommand);
  if (reason !== undefined) return { kind: "refused", reason };
  const engine = isHelp(own) || command === undefined ? undefined : engineCommand(command);
  return engine === undefined
    ? { kind: "state", isConfig: command === "config" }
    : { kind: "engine", ...engine };
}

function reasonAgainst(
  words: readonly string[],
  command: string | undefined,
  subcommand: string | undefined,
): string | undefined {
  if (isHelp(words)) return undefined;
  if (words.some((word) => /^(--stack(=|$)|-s)/.test(word))) return stackIsNamedBefore;
  if (words.some((word) => /^(--cwd(=|$)|-C)/.test(word))) {
    return "the option --settings before the word pulumi names another folder with Pulumi.yaml";
  }
  if (command === "config" && words.includes("--secret")) return secretsStayOut;
  if (command !== undefined && Object.hasOwn(engineCommands, command) && words.some(isConfigOption)) {
    return "the next run would not know the setting; pulumi config set keeps it in Pulumi.<stack>.yaml";
  }
  const names = [command, `${command ?? ""} ${subcommand ?? ""}`];
  return Object.entries(refused).find(([name]) => names.includes(name))?.[1];
}

function engineCommand(command: string) {
  return Object.entries(engineCommands).find(([name]) => name === command)?.[1];
}

function isConfigOption(word: string): boolean {
  return /^(--config(=|$)|-c)/.test(word);
}

function isHelp(words: readonly string[]): boolean {
  return words.some((word) => word === "--help" || word === "-h");
}

/** Options whose value is a file or a folder, or several with commas between. */
const pathOptions = ["file", "out", "plan", "save-plan", "policy-pack", "policy-pack-config", "config-file"];

/**
 * The words with relative paths made absolute: the CLI runs in the folder of the stack's settings, the user's paths are
 * relative to the user's folder.
 */
export function withAbsolutePaths(words: readonly string[], folder: string): readonly string[] {
  const resolve = (value: string) =>
    value
      .split(",")
      .map((each) => (each === "" ? each : path.resolve(folder, each)))
      .join(",");
  const isPathOption = (word: string | undefined) => pathOptions.some((name) => word === `--${name}`);
  const own = beforeDoubleDash(words).length;
  return words.map((word, index) => {
    if (index >= own) return word;
    if (isPathOption(words[index - 1])) return resolve(word);
    const [option = "", ...value] = word.split("=");
    return value.length > 0 && isPathOption(option) ? `${option}=${resolve(value.join("="))}` : word;
  });
}

function beforeDoubleDash(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end === -1 ? words : words.slice(0, end);
}
