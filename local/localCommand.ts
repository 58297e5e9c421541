import { npmCommand, optionWords } from "../cli/shellCommand";
import type { Invocation } from "./commandLine";

/** The options of a run that are repeated in commands for the user. */
export type OptionsInForce = Pick<Invocation, "stack" | "port" | "folder" | "settings">;

/** A command for the user to paste, with the stack, emulator, folder and settings of this run. */
export function localCommand(options: OptionsInForce, ...words: readonly string[]): string {
  return npmCommand("local", words, given(options));
}

/** `stop` ends the emulator with every stack: no stack is named. */
export function stopCommand({ port, folder }: OptionsInForce): string {
  return npmCommand("local", ["stop"], { port, folder });
}

/** `aws …` or `pulumi …`, with the options of this run before it. */
export function throughCommand(options: OptionsInForce, ...words: readonly string[]): string {
  return npmCommand("local", [...optionWords(given(options)), ...words]);
}

function given({ stack, port, folder, settings }: OptionsInForce) {
  return { stack: stack === "local" ? undefined : stack, port, folder, settings };
}
