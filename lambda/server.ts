/**
 * A server that the launcher started, as its tags describe it. The launcher stores its state only in these tags.
 */
export interface Server {
  readonly id: string;
  /** EC2's state: pending, running, shutting-down, terminated, stopping or stopped. */
  readonly state: string;
  /** Epoch milliseconds. */
  readonly launchedAt: number;
  /** Epoch milliseconds; `undefined` if the tag is missing or unreadable. */
  readonly expiresAt: number | undefined;
  /** The parameters of its launch. */
  readonly parameters: string | undefined;
  /** The client token of the request RunInstances that started it. */
  readonly clientToken: string | undefined;
}

/** Tags of the launcher's servers. The function's role may terminate only servers with its own owner tag. */
export const tagKeys = {
  owner: "launcher:owner",
  clientToken: "launcher:client-token",
  parameters: "launcher:parameters",
  plannedTime: "launcher:planned-time",
  expiresAt: "launcher:expires-at",
} as const;

/** Whether the server runs or could start again. */
export function isAlive({ state }: Server): boolean {
  return state !== "shutting-down" && state !== "terminated";
}
