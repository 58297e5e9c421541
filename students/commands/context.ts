import type { Screen } from "../../cli/screen";
import type { Steps } from "../../cli/steps";
import type { ClassRun } from "../classRun";
import type { Invocation } from "../commandLine";

/** What every command is given. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly run: ClassRun;
  readonly screen: Screen;
  readonly steps: Steps;
  /** Aborted when the user wants to stop: nothing more is begun. */
  readonly stop: AbortSignal;
  /** Hands a signal on to whoever is told of later. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => void;
  /** Asks a question that only a person can answer. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** What a command came to. */
export interface Outcome {
  readonly ok: boolean;
  /** What a person reads at the end. */
  readonly text: string;
  /** What `--json` prints, besides the command and the class. */
  readonly facts: Readonly<Record<string, unknown>>;
}
