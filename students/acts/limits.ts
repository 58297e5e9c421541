import type { Group } from "../site/groups";

/** Launch, boot and first health checks of a server on AWS, without the time that its installation takes. */
const bootSeconds = 300;
/** What EC2 and Auto Scaling take until they find a terminated server. */
const findSeconds = 180;

/**
 * How long an active check waits at most, in seconds. Usual times on AWS: 3 minutes for a server of a golden image; 3
 * to 5 minutes from a load to the launch, with metrics of 5 minutes up to 15; 15 minutes of low load until the group
 * shrinks.
 */
export const limits = {
  /** Every server is in service and healthy. The group's grace period is the time that its servers need. */
  serving: ({ graceSeconds }: Group): number => bootSeconds + graceSeconds,
  replaced: ({ graceSeconds }: Group): number => findSeconds + bootSeconds + graceSeconds,
  grown: ({ graceSeconds }: Group): number => 1_200 + bootSeconds + graceSeconds,
  /** With the time in which the balancer drains the server. */
  shrunk: 1_800,
  /** With the longest usual time of draining, 300 seconds. */
  ended: 600,
  /** The site serves a page. */
  served: 200,
  databaseRestart: 600,
  launched: 30,
} as const;
