import { decideSweep } from "./decide";
import type { Ec2 } from "./ec2";
import { tryEach, type Failure } from "./failures";
import { tagKeys } from "./server";

export interface SweepResult {
  readonly outcome: "swept";
  /** Servers that were past their time and are ended now. */
  readonly endedIds: readonly string[];
  readonly failures: readonly Failure[];
}

/** Ends this launcher's servers that are past their time, each by itself, so that one failure stops no other. */
export async function sweep(ec2: Ec2, now: number): Promise<SweepResult> {
  const { expired, unreadable } = decideSweep(await ec2.ownServers(), now);
  const ended = await tryEach(
    expired,
    ({ id }) => `end ${id}`,
    async ({ id }) => {
      await ec2.terminate(id);
      return id;
    },
  );
  const unread = unreadable.map(({ id }) => ({
    what: `end ${id} in time`,
    code: "UnreadableExpiry",
    message: `its tag ${tagKeys.expiresAt} is no time: mend the tag, or end the server by hand`,
  }));
  return { outcome: "swept", endedIds: ended.done, failures: [...ended.failures, ...unread] };
}
