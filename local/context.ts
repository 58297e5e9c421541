import type { Tools } from "../cli/runCommand";
import type { RunFacts } from "../engine/engineRun";
import type { Folders } from "../engine/folders";
import type { ChangedResource } from "../engine/run";
import type { Invocation } from "./commandLine";

/** The known facts that `--json` prints. */
export interface Facts extends Required<RunFacts> {
  /** The emulator's address, e.g. `http://127.0.0.1:4577`. */
  readonly endpoint: string;
  readonly region: string;
  /** The stack's account in the emulator, and the access key to it. */
  readonly accountId: string;
  /** The program's outputs; secrets as `[secret]`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The number of resources that the stack has, or would have after the previewed update. */
  readonly resources: number;
  /** Each resource that a preview would change, with old and new values; secrets as `[secret]`. */
  readonly resourceChanges: readonly ChangedResource[];
  /** A warning that the stack's resources were lost with an ended emulator, or that its last run was killed. */
  readonly notice: string;
  /** The number of resources by kind of change, made or previewed. */
  readonly changes: Readonly<Record<string, number>>;
  /** The resources that refresh found changed outside Pulumi, as `type name`. */
  readonly drift: readonly string[];
  /** The fleet as the emulator shows it. */
  readonly fleet: unknown;
  /** The firings of schedules, scheduled actions and scaling policies in the stack's account, newest first. */
  readonly firings: readonly unknown[];
  /** The addresses of a live stack's site and page on this machine, and a command that resolves its load balancer. */
  readonly site: string | undefined;
  readonly page: string | undefined;
  readonly lookup: string | undefined;
  /** A server, its console and its journal. */
  readonly server: string;
  readonly console: string;
  readonly journal: string;
  readonly mail: readonly unknown[];
  /** Every stack that is up, for `status`. */
  readonly stacks: readonly unknown[];
  readonly emulator: unknown;
  /** The resources that remain in the account after `down`. */
  readonly left: readonly string[];
}

/** The context of every command. */
export interface Context extends Tools {
  readonly invocation: Invocation;
  readonly folders: Folders;
  /** Asks the user a question; returns true without a terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Adds facts to what `--json` prints. */
  readonly learn: (facts: Partial<Facts>) => void;
  /** The exit status of another program that the command ran. */
  readonly endWith: (status: number) => void;
}
