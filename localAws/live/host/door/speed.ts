import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";

import type { Ways } from "../layout";
import type { Dial } from "./upstream";

export interface SpeedOptions {
  readonly site: Ways["sites"][number];
  /** The load balancer's public address. */
  readonly address: string;
  readonly dial: Dial;
  readonly connections?: number;
  /** Of each measurement. */
  readonly seconds?: number;
  readonly rounds?: number;
}

export interface Speed {
  /** Front pages per second through the door. */
  readonly door: number;
  /** Front pages per second from the load balancer itself, as the same client reads them. */
  readonly loadBalancer: number;
}

/** Measures the front page of a site in turn, so that other work on this machine slows both. */
export async function measureSpeed(options: SpeedOptions): Promise<Speed> {
  const { site, address, dial, connections = 4, seconds = 3, rounds = 3 } = options;
  const pools = {
    door: new Pool(site.url, { connections }),
    loadBalancer: new Pool(`http://${site.host}`, {
      connections,
      connect: (_options, done) => {
        dial(address, 80).then(
          (socket) => {
            done(null, socket);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(String(error)), null);
          },
        );
      },
    }),
  };
  const measured = { door: [] as number[], loadBalancer: [] as number[] };
  try {
    for (const pool of Object.values(pools)) await pagesPerSecond(pool, connections, 1);
    for (let round = 0; round < rounds; round++) {
      for (const name of ["door", "loadBalancer"] as const) {
        measured[name].push(await pagesPerSecond(pools[name], connections, seconds));
      }
    }
  } finally {
    await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
  }
  return { door: median(measured.door), loadBalancer: median(measured.loadBalancer) };
}

async function pagesPerSecond(pool: Pool, connections: number, seconds: number): Promise<number> {
  let pages = 0;
  let isOver = false;
  const visit = async (): Promise<void> => {
    while (!isOver) {
      const { statusCode, body } = await pool.request({ path: "/", method: "GET" });
      await body.dump({ limit: Number.MAX_SAFE_INTEGER });
      if (statusCode !== 200) throw new Error(`The front page answers ${statusCode}.`);
      pages += 1;
    }
  };
  const start = Date.now();
  const visitors = Promise.all(Array.from({ length: connections }, visit));
  await Promise.race([visitors, sleep(seconds * 1_000)]);
  isOver = true;
  await visitors;
  return (pages * 1_000) / (Date.now() - start);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
