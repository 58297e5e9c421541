import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { Internet } from "../account/internet";
import { NotSeenError } from "../account/notSeen";
import type { Visit } from "./visits";

/** A page that takes longer is no page for a visitor. */
const visitSeconds = 15;
const pauseMilliseconds = 500;

/** Where visitors find the site. */
export interface Door {
  readonly internet: Internet;
  /** The load balancer's name. */
  readonly host: string;
  readonly port: number;
}

/**
 * Visits the front page with a query that no cache knows: WordPress has to build the page, with its database.
 *
 * @throws NotSeenError where the internet cannot be seen
 */
export async function visit({ internet, host, port }: Door, stop?: AbortSignal): Promise<Visit> {
  const at = performance.now();
  const late = AbortSignal.timeout(visitSeconds * 1_000);
  const visited = (isServed: boolean): Visit => ({ at, milliseconds: performance.now() - at, isServed });
  try {
    const path = `/?visit=${randomUUID()}`;
    const signal = stop === undefined ? late : AbortSignal.any([late, stop]);
    const { status } = await internet.visit(host, port, { path, stop: signal });
    return visited(status >= 200 && status < 400);
  } catch (error) {
    if (error instanceof NotSeenError) throw error;
    // Nothing answered, or not in time: for a visitor the site is down.
    return visited(false);
  }
}

/** Visitors who come one after the other, until they are ended. */
export interface Visitors {
  /** Waits for the last one. @returns all visits */
  readonly end: () => Promise<readonly Visit[]>;
}

export function startVisitors(door: Door, stop: AbortSignal): Visitors {
  const visits: Visit[] = [];
  const ended = new AbortController();
  const working = (async () => {
    while (!ended.signal.aborted && !stop.aborted) {
      visits.push(await visit(door));
      await sleep(pauseMilliseconds);
    }
  })();
  // `end` reports it; until then it must not end the process.
  working.catch(() => undefined);
  return {
    end: async () => {
      ended.abort();
      await working;
      return visits;
    },
  };
}
