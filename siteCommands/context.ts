import type { Tools } from "../cli/runCommand";
import type { Invocation } from "./commandLine";
import type { Stack } from "./stack/stack";

/** The context of every command. */
export interface Context extends Tools {
  readonly invocation: Invocation;
  readonly stack: Stack;
  /** Asks the user a question; true without a terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
}
