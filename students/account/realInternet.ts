import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { codeOf } from "../../cli/failure";
import type { Internet } from "./internet";
import { visitOver } from "./webVisit";

const resolverMilliseconds = 3_000;

/** The internet of this machine. */
export const realInternet: Internet = {
  resolve: async (name) => {
    const resolver = new Resolver({ timeout: resolverMilliseconds, tries: 2 });
    try {
      return (await resolver.resolve4(name)).toSorted();
    } catch (error) {
      if (codeOf(error) === "ENOTFOUND" || codeOf(error) === "ENODATA") return [];
      throw error;
    }
  },
  visit: (url, { at = url.hostname, stop } = {}) =>
    visitOver({ connect: (port, signal) => connected(at, port, signal) }, url, stop),
};

async function connected(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect", { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
