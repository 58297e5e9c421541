import { Agent, get } from "node:http";
import type { Duplex } from "node:stream";

const connections = 16;
const warmUpMilliseconds = 1_000;
const measureMilliseconds = 5_000;

/** How to reach the page that is measured. */
export interface Way {
  readonly url: string;
  /** Default: a TCP connection to the URL's host. */
  readonly connect?: () => Promise<Duplex>;
}

/** Requests a second over {@link connections} connections, after a warm-up. @throws Error for an answer other than 200 */
export async function requestsPerSecond({ url, connect }: Way): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  if (connect !== undefined) {
    Object.assign(agent, {
      createConnection: (_options: unknown, done: (error: unknown, socket?: Duplex) => void) => {
        connect().then((socket) => {
          // A dialled socket is paused, and HTTP's client does not resume it.
          done(null, socket.resume());
        }, done);
      },
    });
  }
  const start = performance.now() + warmUpMilliseconds;
  const end = start + measureMilliseconds;
  let counted = 0;
  const visitor = async (): Promise<void> => {
    while (performance.now() < end) {
      await visit(url, agent);
      if (performance.now() >= start) counted += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, visitor));
  } finally {
    agent.destroy();
  }
  return counted / (measureMilliseconds / 1000);
}

async function visit(url: string, agent: Agent): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    get(url, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode ?? 0}.`));
      answer.once("end", resolve).once("error", reject).resume();
    }).once("error", reject);
  });
}
