import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

import { addresses, site } from "./addresses";

/** A visitor's failed page view. */
interface Met {
  /** Milliseconds since the load began. */
  readonly at: number;
  readonly problem: string | undefined;
}

/** A steady stream of visitors, until it is stopped. */
export interface Load {
  /** Milliseconds since it began. */
  readonly now: () => number;
  readonly stop: () => Promise<LoadResult>;
}

export interface LoadResult {
  readonly requests: number;
  readonly failures: readonly Met[];
}

interface LoadOptions {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The port of the load balancer's frontend; default: HTTPS. */
  readonly port?: number;
}

/** A visitor's pause between two pages, in milliseconds: a steady load, not the maximum. */
const pauseMs = 20;

async function one(
  agent: https.Agent,
  { path, headers, port = 443 }: LoadOptions,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const request = https.request(
      {
        host: addresses.publicLoadBalancer,
        port,
        path,
        headers: { host: site, ...headers },
        agent,
        servername: site,
        rejectUnauthorized: false,
        timeout: 20_000,
      },
      (response) => {
        response.resume();
        response.once("error", (error) => {
          resolve(error.message);
        });
        response.once("end", () => {
          resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode ?? 0}`);
        });
      },
    );
    request.once("error", (error) => {
      resolve(error.message);
    });
    request.once("timeout", () => request.destroy(new Error("no answer within 20 s")));
    request.end();
  });
}

/** Starts four visitors at the load balancer. */
export function startLoad(options: LoadOptions): Load {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 4 });
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const met: Met[] = [];
  let stopping = false;
  const visitors = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (!stopping) {
        const at = now();
        met.push({ at, problem: await one(agent, options) });
        await sleep(pauseMs);
      }
    }),
  );
  return {
    now,
    stop: async () => {
      stopping = true;
      await visitors;
      agent.destroy();
      return { requests: met.length, failures: met.filter(({ problem }) => problem !== undefined) };
    },
  };
}

/** The failures as text for a report. */
export function describeFailures({ requests, failures }: LoadResult): string {
  const [first] = failures;
  if (first === undefined) return `${requests} page views, none failed`;
  const kinds = [...new Set(failures.map(({ problem }) => problem))].join(", ");
  const since = (first.at / 1_000).toFixed(1);
  return `${requests} page views, ${failures.length} failed (${kinds}; the first one requested at ${since} s)`;
}

/** @returns the text for a report. @throws with this text when a page view failed */
export function noFailures(result: LoadResult): string {
  const words = describeFailures(result);
  if (result.failures.length > 0) throw new Error(words);
  return words;
}
