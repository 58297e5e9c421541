/**
 * Connections of the host process into the region's internet, e.g. to a load balancer's public address. The region opens
 * a socket and hands it over on Node.js's IPC channel: a socket stays in the network namespace in which it was opened, so
 * no program copies its bytes.
 */
import type { ChildProcess } from "node:child_process";
import { connect, Socket } from "node:net";

import { Failure } from "../../cli/failure";
import { z } from "../../cli/json";

/** The host process's end of the channel to the region. */
export type Channel = Pick<ChildProcess, "send" | "on" | "once">;

const requestSchema = z.object({
  dial: z.int(),
  address: z.ipv4(),
  port: z.int().min(1).max(65_535),
});
/** Comes with the socket, or with the reason why there is none. */
const answerSchema = z.object({ dialled: z.int(), error: z.string().optional() });

interface Waiting {
  readonly address: string;
  readonly port: number;
  readonly resolve: (socket: Socket) => void;
  readonly reject: (error: Error) => void;
}

/** Asks one region for connections. */
export interface Dialer {
  /** @throws Failure when nothing answers, or the region ends meanwhile */
  readonly dial: (address: string, port: number) => Promise<Socket>;
}

export function dialThrough(channel: Channel): Dialer {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const settle = (id: number, act: (each: Waiting) => void): void => {
    const found = waiting.get(id);
    waiting.delete(id);
    if (found !== undefined) act(found);
  };
  channel.on("message", (message: unknown, handle: unknown) => {
    const answer = answerSchema.safeParse(message);
    if (!answer.success) return;
    const { dialled, error } = answer.data;
    settle(dialled, ({ address, port, resolve, reject }) => {
      if (handle instanceof Socket) resolve(handle);
      else reject(refused(address, port, error ?? "no socket arrived"));
    });
  });
  channel.once("disconnect", () => {
    for (const id of [...waiting.keys()])
      settle(id, ({ reject }) => {
        reject(away());
      });
  });
  return {
    dial: async (address, port) =>
      await new Promise((resolve, reject) => {
        last += 1;
        const id = last;
        waiting.set(id, { address, port, resolve, reject });
        channel.send({ dial: id, address, port } satisfies z.output<typeof requestSchema>, (error) => {
          if (error !== null)
            settle(id, () => {
              reject(away(error));
            });
        });
      }),
  };
}

function refused(address: string, port: number, reason: string): Failure {
  return new Failure(
    `Nothing answers at ${address}:${port} in the region: ${reason}.`,
    "Wait until it is ready, then try again.",
  );
}

/** What a dial meets before a region runs, and after its end. */
export function away(cause?: unknown): Failure {
  return new Failure("The live region is starting or ending.", "Try again in a moment.", { cause });
}

/** The region's side: connects, and hands the sockets over. */
export function answerDials(channel: Pick<NodeJS.Process, "send" | "on">, log: (line: string) => void): void {
  channel.on("message", (message: unknown) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) {
      log(`dial: not a request: ${JSON.stringify(message)}`);
      return;
    }
    const { dial, address, port } = request.data;
    const answer = (given: { error?: string }, socket?: Socket): void => {
      channel.send?.({ dialled: dial, ...given }, socket, {}, (error: Error | null) => {
        // The host process has ended: this process ends, too.
        if (error !== null) socket?.destroy();
      });
    };
    const refuse = (error: Error): void => {
      answer({ error: error.message });
    };
    const socket = connect({ host: address, port, noDelay: true });
    socket.once("error", refuse);
    socket.once("connect", () => {
      socket.off("error", refuse);
      answer({}, socket);
    });
  });
}
