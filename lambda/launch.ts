import { decideLaunch, serversOverCap, type Decision } from "./decide";
import type { Ec2 } from "./ec2";
import { ConflictError, tryEach, type Failure } from "./failures";
import type { LaunchRequest } from "./request";
import type { Settings } from "./settings";

/** What became of a launch. */
export interface LaunchResult {
  readonly outcome: "launched" | "alreadyLaunched" | "skipped";
  /** Servers of this launch that were started (by this call or one before it) and not ended again. */
  readonly serverIds: readonly string[];
  /** Why nothing, or not everything, was started. */
  readonly reason?: string;
  /** When the servers are ended, in UTC. */
  readonly expiresAt?: string;
  /** What could not be done; the same call again tries only that. */
  readonly failures: readonly Failure[];
}

/**
 * Starts the servers of a launch, once however often it is called.
 * @throws ConflictError when the same launch was asked for before with other parameters.
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

/** Another launch at the same moment may have seen the same room: the youngest servers above the cap go again. */
async function endServersOverCap(ec2: Ec2, cap: number) {
  const over = serversOverCap(await ec2.ownServers(), cap);
  const { done, failures } = await tryEach(
    over,
    ({ id }) => `end ${id}, which is above the cap`,
    async ({ id }) => {
      await ec2.terminate(id);
      return id;
    },
  );
  return { ended: done, failures };
}

function overCapReason(ended: readonly string[], cap: number): string {
  return `the cap: another launch came at the same moment, so ${ended.join(", ")} above ${cap} ended at once`;
}
