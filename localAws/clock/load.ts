/**
 * The work of a group's servers. It stays until a user puts another value, and it spreads over the servers: each
 * additional server lowers the average.
 */
export interface Load {
  /** The average CPU use that the user put, in percent. */
  readonly put: number;
  /** When the user put it: epoch milliseconds. */
  readonly since: number;
  /** In percent of one server's CPU. */
  readonly work: number;
}

/** The load that gives this number of servers the average. */
export function loadOf(put: number, servers: number, since: number): Load {
  return { put, since, work: put * servers };
}

/** The average CPU use of this number of servers, in percent; undefined for 0: only servers send the metric. */
export function averageCpu({ work }: Load, servers: number): number | undefined {
  return servers === 0 ? undefined : Math.min(100, work / servers);
}
