import { spawn } from "node:child_process";
import { Socket as UdpSocket } from "node:dgram";
import { createServer, Server } from "node:net";
import { join } from "node:path";

import { z } from "../../../cli/json";
import { namespaceFile } from "./namespaces";

export interface SocketRequest {
  readonly kind: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
}

export interface OpenedSockets {
  readonly servers: readonly Server[];
  readonly datagrams: readonly UdpSocket[];
}

const messageSchema = z.object({ index: z.int(), error: z.string().optional() });

/** Opens sockets in a network namespace, which this process serves. @throws when one cannot be opened */
export async function openSockets(
  namespace: string,
  requests: readonly SocketRequest[],
): Promise<OpenedSockets> {
  const servers: Server[] = [];
  const datagrams: UdpSocket[] = [];
  const errors: string[] = [];
  const program = join(__dirname, "openSockets.cjs");
  const child = spawn(
    "nsenter",
    [
      `--net=${namespaceFile(namespace)}`,
      "--",
      process.execPath,
      program,
      ...requests.map(({ kind, address, port }) => `${kind} ${address} ${port}`),
    ],
    { stdio: ["ignore", "ignore", "pipe", "ipc"], env: {} },
  );
  child.stderr?.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  child.on("message", (value, handle: unknown) => {
    const { index, error } = messageSchema.parse(value);
    if (handle instanceof Server) servers.push(handle);
    else if (handle instanceof UdpSocket) datagrams.push(handle);
    else {
      const request = requests[index];
      errors.push(`${request?.kind} ${request?.address}:${request?.port}: ${error ?? "no socket arrived"}`);
    }
  });
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      resolve();
    });
  });
  if (servers.length + datagrams.length === requests.length) return { servers, datagrams };
  closeSockets({ servers, datagrams });
  throw new Error(`The namespace \`${namespace}\` cannot open all sockets: ${errors.join("; ")}.`);
}

export function closeSockets({ servers, datagrams }: OpenedSockets): void {
  for (const server of servers) server.close();
  for (const datagram of datagrams) datagram.close();
}

/** A listening server in this process's own namespace. */
export async function listenHere(address: string, port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, address, resolve);
  });
  return server;
}

/** A listening server in another namespace. */
export async function listenIn(namespace: string, address: string, port: number): Promise<Server> {
  const { servers } = await openSockets(namespace, [{ kind: "tcp", address, port }]);
  const [server] = servers;
  if (server === undefined) throw new Error(`The namespace ${namespace} opened no socket.`);
  return server;
}
