import { createServer } from "node:net";

import { codeOf, Failure } from "../../cli/failure";
import { defaultPort } from "./layout";

/** How many ports are tried, from the default on. */
const attempts = 100;

/** Another program listens on the port. */
export class PortInUse extends Failure {
  constructor(readonly port: number) {
    super(
      `Port ${port} of 127.0.0.1, where the emulator would listen, is used by another program.`,
      "End that program, choose another port with --port, or leave --port out for a free one.",
    );
  }
}

/**
 * @param check.asked the port that was asked for; undefined and 0 ask for any
 * @throws Failure when the emulator of the folder listens on another port
 */
export function requirePort(check: {
  readonly folder: string;
  readonly running: number;
  readonly asked: number | undefined;
  readonly remedy: string;
}): void {
  const { folder, running, asked, remedy } = check;
  if (asked === undefined || asked === 0 || asked === running) return;
  throw new Failure(`The emulator in ${folder} runs on port ${running}, not on port ${asked}.`, remedy);
}

/**
 * Starts the emulator on the port that was asked for; if none was, on the default port or, while other programs use it,
 * on the next free one.
 *
 * @param announce prints where it listens when that is not the default port
 * @throws PortInUse when the port that was asked for is in use
 */
export async function onPort<T>(
  asked: number | undefined,
  announce: (line: string) => void,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (asked !== undefined) return start(asked);
  for (let port = defaultPort; port < defaultPort + attempts; port++) {
    const started = await ifFree(port, start);
    if (started === undefined) continue;
    if (port !== defaultPort) {
      announce(`Port ${defaultPort} is in use: the emulator listens on port ${port}.`);
    }
    return started.value;
  }
  throw new Failure(
    `Ports ${defaultPort} to ${defaultPort + attempts - 1} of 127.0.0.1 are all in use.`,
    "Choose a port for the emulator with --port.",
  );
}

async function ifFree<T>(
  port: number,
  start: (port: number) => Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  if (!(await isFree(port))) return undefined;
  try {
    return { value: await start(port) };
  } catch (error) {
    // Another program took it in this moment.
    if (error instanceof PortInUse) return undefined;
    throw error;
  }
}

/** Asking takes a millisecond; an emulator that finds its port in use takes a second. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      if (codeOf(error) === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
