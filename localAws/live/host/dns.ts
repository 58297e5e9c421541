import { createSocket, type Socket } from "node:dgram";
import { createServer, type Server } from "node:net";

import { z } from "../../../cli/json";
import { serveTcp, serveUdp, type AnswerDns } from "../network/dnsServer";
import type { ControlClient } from "./control";

const address = "127.0.0.1";
const answerSchema = z.object({ addresses: z.array(z.string()) });
const ttlSeconds = 60;

/** A resolver for this machine's own tools: `nslookup -port=PORT NAME 127.0.0.1`. */
export interface HostDns {
  readonly port: number;
  readonly close: () => void;
}

async function bindUdp(port: number): Promise<Socket> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject).bind(port, address, resolve);
  });
  return socket;
}

async function listenTcp(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, address, resolve);
  });
  return server;
}

/**
 * Answers with the public addresses of the region's names, as a resolver on the internet would for AWS's.
 * @param port 0: any free one
 */
export async function startHostDns(
  port: number,
  control: Pick<ControlClient, "get">,
  report: (error: unknown) => void,
): Promise<HostDns> {
  const ask: AnswerDns = async ({ name, type }) => {
    const path = `/dns?name=${encodeURIComponent(name)}`;
    const { addresses } = await control.get(path, answerSchema);
    if (addresses.length === 0) return undefined;
    return type === "A" ? addresses.map((data) => ({ name, type, data, ttl: ttlSeconds })) : [];
  };
  const tcp = await listenTcp(port);
  const bound = tcp.address();
  if (bound === null || typeof bound === "string") throw new Error("The resolver's socket has no port.");
  let udp: Socket;
  try {
    udp = await bindUdp(bound.port);
  } catch (error) {
    tcp.close();
    throw error;
  }
  serveUdp(udp, ask, report);
  serveTcp(tcp, ask, report);
  return {
    port: bound.port,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}
