/**
 * A server that the launcher started, as its tags tell. The tags are all the memory the launcher has.
 */
export interface Server {
  readonly id: string;
  /** EC2's word: pending, running, shutting-down, terminated, stopping or stopped. */
  readonly state: string;
  /** Epoch milliseconds. */
  readonly launchedAt: number;
  /** Epoch milliseconds; `undefined` when somebody made the tag unreadable. */
  readonly expiresAt: number | undefined;
  /** What that launch was asked for. */
  readonly parameters: string | undefined;
  /** The client token of the call of RunInstances that started it. */
  readonly clientToken: string | undefined;
}

/** Tags that the launcher gives its servers; the role may end only what carries the first with its own name. */
export const tagKeys = {
  owner: "launcher:owner",
  clientToken: "launcher:client-token",
  parameters: "launcher:parameters",
  plannedTime: "launcher:planned-time",
  expiresAt: "launcher:expires-at",
} as const;

/** Whether it still costs money, or would after a start. */
export function isAlive({ state }: Server): boolean {
  return state !== "shutting-down" && state !== "terminated";
}
