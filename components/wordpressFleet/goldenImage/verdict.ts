import type { ConsoleReading } from "./console";

/** A machine as EC2 describes it. */
export interface MachineState {
  /** pending, running, stopping, stopped, shutting-down or terminated. */
  readonly state: string;
  /** Why it is in this state, e.g. `Client.InstanceInitiatedShutdown`; AWS gives it for those that do not run. */
  readonly reasonCode: string | undefined;
  readonly reason: string | undefined;
}

export type Verdict =
  | { readonly kind: "working" }
  /** It powered itself off, which it does only after its self-test has passed. */
  | { readonly kind: "proven" }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * The code of a machine that was shut down from inside.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html
 */
const shutDownFromInside = "Client.InstanceInitiatedShutdown";

/** How a build stands. A machine that anyone else stopped proves nothing: it may be half done. */
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
        reason: `it was stopped from outside before it was done (${reasonCode ?? "AWS says not why"})`,
      };
    default:
      return { kind: "failed", reason: `it is ${state} (${reason ?? reasonCode ?? "AWS says not why"})` };
  }
}
