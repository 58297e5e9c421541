import type { Interrupt } from "../cli/interrupt";
import type { Screen } from "../cli/screen";
import type { Steps } from "../cli/steps";
import type { RunFacts } from "../engine/engineRun";
import type { Folders } from "../engine/folders";
import type { ChangedResource } from "../engine/run";
import type { Invocation } from "./commandLine";

/** What `--json` prints: as much of it as the command came to know. */
export interface Facts extends Required<RunFacts> {
  /** Where the emulator answers, e.g. `http://127.0.0.1:4577`. */
  readonly endpoint: string;
  readonly region: string;
  /** The stack's account in the emulator, and the access key to it. */
  readonly accountId: string;
  /** What the program returned; secrets as `[secret]`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** How many resources the stack has, or after a preview would have. */
  readonly resources: number;
  /** Each resource that a preview would change, with old and new values; secrets as `[secret]`. */
  readonly resourceChanges: readonly ChangedResource[];
  /** That the stack's resources were lost with an emulator that ended, or that its last run was killed. */
  readonly notice: string;
  /** How many resources each kind of change befell, or after a preview would. */
  readonly changes: Readonly<Record<string, number>>;
  /** The resources that refresh found changed behind Pulumi's back, as `type name`. */
  readonly drift: readonly string[];
  /** The fleet as the emulator shows it. */
  readonly fleet: unknown;
  /** What schedules, scheduled actions and scaling policies did in the stack's account, newest first. */
  readonly firings: readonly unknown[];
  /** Every stack that is up, for `status`. */
  readonly stacks: readonly unknown[];
  readonly emulator: unknown;
  /** What is left in the account after `down`. */
  readonly left: readonly string[];
}

/** What every command is given. */
export interface Context {
  readonly invocation: Invocation;
  readonly folders: Folders;
  /** Lines for the user, on standard error. */
  readonly screen: Screen;
  readonly steps: Steps;
  readonly interrupt: Interrupt;
  /** Asks a question that only a person can answer; true without one. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Keeps facts for `--json`. */
  readonly learn: (facts: Partial<Facts>) => void;
  /** What a person reads at the end, on standard output; nothing with `--json`. */
  readonly conclude: (text: string) => void;
}
