import type { Tools } from "../cli/runCommand";
import type { RunFacts } from "../engine/engineRun";
import type { Folders } from "../engine/folders";
import type { ChangedResource } from "../engine/run";
import type { Invocation } from "./commandLine";

/** What `--json` prints, as far as the command came to know it. */
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
  /** The number of resources by kind of change, made or previewed. */
  readonly changes: Readonly<Record<string, number>>;
  /** The resources that refresh found changed outside Pulumi, as `type name`. */
  readonly drift: readonly string[];
  /** The fleet as the emulator shows it. */
  readonly fleet: unknown;
  /** What schedules, scheduled actions and scaling policies did in the stack's account, newest first. */
  readonly firings: readonly unknown[];
  /** Every stack that is up, for `status`. */
  readonly stacks: readonly unknown[];
  readonly emulator: unknown;
  /** What remains in the account after `down`. */
  readonly left: readonly string[];
}

/** What every command works with. */
export interface Context extends Tools {
  readonly invocation: Invocation;
  readonly folders: Folders;
  /** Asks a question that only a user can answer; true where there is no terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Adds facts to what `--json` prints. */
  readonly learn: (facts: Partial<Facts>) => void;
  /** The exit status, when it is another program's. */
  readonly endWith: (status: number) => void;
}
