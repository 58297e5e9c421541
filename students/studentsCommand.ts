import { npmCommand, type GivenOptions } from "../cli/shellCommand";
import type { Invocation } from "./commandLine";

/** The same command for the user to paste, with the options in force and these; `--yes` is the user's to repeat. */
export function studentsCommand(invocation: Invocation, more: GivenOptions = {}): string {
  const { command, roster, local, port, folder, parallel, only } = invocation;
  const given = { local, port, folder, parallel, only: only?.join(",") };
  return npmCommand("students", [command, roster], { ...given, ...more });
}
