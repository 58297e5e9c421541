import type { Sources } from "../../engine/runningStack/creations";
import type { Deployment } from "../../engine/runningStack/deployment";
import type { Drift } from "../../engine/runningStack/drift";

/** Where the states of running stacks are read. */
export interface States {
  /** The stacks that have a state, sorted. */
  readonly names: readonly string[];
  /** @throws Failure when the state cannot be read */
  readonly read: (stackName: string) => Promise<Deployment>;
  /**
   * Compares the account with the state.
   *
   * @throws Failure when the account cannot be read
   */
  readonly findDrift: (stackName: string) => Promise<readonly Drift[]>;
  /** How to read the lines of the program in a stack's state. */
  readonly sourcesOf: (stackName: string) => Pick<Sources, "projectFolder">;
}
