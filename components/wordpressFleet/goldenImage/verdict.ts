import type { ConsoleReading } from "./console";

/** The state of an instance. */
export interface MachineState {
  /** pending, running, stopping, stopped, shutting-down or terminated. */
  readonly state: string;
  /** Why it is in this state, e.g. `Client.InstanceInitiatedShutdown`. EC2 sets it for instances that do not run. */
  readonly reasonCode: string | undefined;
  readonly reason: string | undefined;
}

export type Verdict =
  | { readonly kind: "working" }
  /** It powered itself off, which happens only after its self-test has passed. */
  | { readonly kind: "proven" }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * The reason code of an instance that shut itself down.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html
 */
const shutDownFromInside = "Client.InstanceInitiatedShutdown";

/** Judges a build. An instance that was stopped from outside may be incomplete, so it counts as failed. */
export function judgeBuilder(
  { state, reasonCode, reason }: MachineState,
  { failure }: Pick<ConsoleReading, "failure">,
): Verdict {
  if (failure !== undefined) return { kind: "failed", reason: failure };
  switch (state) {
    case "pending":
    case "running":
    case "stopping":
      return { kind: "working" };
    case "stopped":
      if (reasonCode === shutDownFromInside) return { kind: "proven" };
      return {
        kind: "failed",
        reason: `it was stopped from outside before the build was done (${reasonCode ?? "EC2 gives no reason"})`,
      };
    default:
      return { kind: "failed", reason: `it is ${state} (${reason ?? reasonCode ?? "EC2 gives no reason"})` };
  }
}
