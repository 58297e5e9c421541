import type { Server } from "../site/servers";

/**
 * The servers that a launch of the planned time started: a tag of theirs has this time. In AWS's public API nothing
 * else connects a server with the event that caused it.
 */
export function launchedFor<Tagged extends Pick<Server, "tags">>(
  servers: readonly Tagged[],
  plannedTime: string,
): readonly Tagged[] {
  const time = Date.parse(plannedTime);
  return servers.filter(({ tags }) =>
    Object.values(tags).some((value) => /^\d{4}-\d\d-\d\dT/.test(value) && Date.parse(value) === time),
  );
}
