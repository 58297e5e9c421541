import { decideLaunch, serversOverCap, type Decision } from "./decide";
import type { Ec2 } from "./ec2";
import { ConflictError, tryEach, type Failure } from "./failures";
import type { LaunchRequest } from "./request";
import type { Settings } from "./settings";

/** The result of a launch. */
export interface LaunchResult {
  readonly outcome: "launched" | "alreadyLaunched" | "skipped";
  /** Servers of this launch that this call or an earlier one started and that were not terminated. */
  readonly serverIds: readonly string[];
  /** The reason if none or not all servers were started. */
  readonly reason?: string;
  /** When the servers expire, in UTC. */
  readonly expiresAt?: string;
  /** Failed requests. The same call again repeats only these. */
  readonly failures: readonly Failure[];
}

/**
 * Starts the servers of a launch once, however often it is called.
 * @throws ConflictError if the same launch was requested before with other parameters.
 */
export async function launch(
  ec2: Ec2,
  request: LaunchRequest,
  settings: Settings,
  now: number,
): Promise<LaunchResult> {
  const decision = decideLaunch(request, settings, await ec2.ownServers(), now);
  switch (decision.kind) {
    case "conflict":
      throw new ConflictError(decision.reason);
    case "skip":
      return { outcome: "skipped", serverIds: [], reason: decision.reason, failures: [] };
    case "alreadyLaunched":
      return { outcome: "alreadyLaunched", serverIds: decision.serverIds, failures: [] };
    case "launch":
      return run(ec2, decision, request.maxRunningServers);
  }
}

async function run(
  ec2: Ec2,
  { plan, startedBefore }: Extract<Decision, { readonly kind: "launch" }>,
  cap: number,
): Promise<LaunchResult> {
  const started = await tryEach(
    plan.calls,
    ({ serverCount, subnetId }) => `start ${serverCount} in ${subnetId}`,
    (call) => ec2.run(plan, call),
  );
  const serverIds = [...startedBefore, ...started.done.flat()];
  const over = await endServersOverCap(ec2, cap);
  const kept = serverIds.filter((id) => !over.ended.includes(id));
  return {
    outcome: kept.length === 0 && over.ended.length > 0 ? "skipped" : "launched",
    serverIds: kept,
    expiresAt: new Date(plan.expiresAt).toISOString(),
    ...(over.ended.length === 0 ? {} : { reason: overCapReason(over.ended, cap) }),
    failures: [...started.failures, ...over.failures],
  };
}

/** Terminates the youngest servers above the maximum, as a launch at the same moment may have seen the same room. */
async function endServersOverCap(ec2: Ec2, cap: number) {
  const over = serversOverCap(await ec2.ownServers(), cap);
  const { done, failures } = await tryEach(
    over,
    ({ id }) => `terminate ${id}, which is above the maximum`,
    async ({ id }) => {
      await ec2.terminate(id);
      return id;
    },
  );
  return { ended: done, failures };
}

function overCapReason(ended: readonly string[], cap: number): string {
  return `the maximum: another launch came at the same moment, so ${ended.join(", ")} above ${cap} were terminated at once`;
}
