import { decideSweep } from "./decide";
import type { Ec2 } from "./ec2";
import { tryEach, type Failure } from "./failures";
import { tagKeys } from "./server";

export interface SweepResult {
  readonly outcome: "swept";
  /** Expired servers that this sweep terminated. */
  readonly endedIds: readonly string[];
  readonly failures: readonly Failure[];
}

/** Terminates the launcher's expired servers, each with a request of its own, so that one failure does not affect others. */
export async function sweep(ec2: Ec2, now: number): Promise<SweepResult> {
  const { expired, unreadable } = decideSweep(await ec2.ownServers(), now);
  const ended = await tryEach(
    expired,
    ({ id }) => `terminate ${id}`,
    async ({ id }) => {
      await ec2.terminate(id);
      return id;
    },
  );
  const unread = unreadable.map(({ id }) => ({
    what: `terminate ${id} in time`,
    code: "UnreadableExpiry",
    message: `its tag ${tagKeys.expiresAt} is not a time: correct the tag, or terminate the server`,
  }));
  return { outcome: "swept", endedIds: ended.done, failures: [...ended.failures, ...unread] };
}
