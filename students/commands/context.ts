import type { Screen } from "../../cli/screen";
import type { Steps } from "../../cli/steps";
import type { ClassRun } from "../classRun";
import type { Invocation } from "../commandLine";

/** The context of every command. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly run: ClassRun;
  readonly screen: Screen;
  readonly steps: Steps;
  /** Aborted when the user stops the command: no other student is started. */
  readonly stop: AbortSignal;
  /** Calls the listener with the user's signal. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => void;
  /** Asks the user. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** The result of a command. */
export interface Outcome {
  readonly ok: boolean;
  /** The exit status of a command that did its work. @default 0 when ok, otherwise 1 */
  readonly status?: number;
  /** The text for the user. */
  readonly text: string;
  /** The output of `--json`, besides command and class. */
  readonly facts: Readonly<Record<string, unknown>>;
}
