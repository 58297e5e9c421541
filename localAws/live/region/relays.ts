import { connect, createServer, type Server, type Socket } from "node:net";

/** Joins two connections: the end of one ends the other. */
export function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  one.on("error", () => other.destroy());
  other.on("error", () => one.destroy());
  one.once("close", () => other.destroy());
  other.once("close", () => one.destroy());
}

export async function listen(server: Server, at: string | { port: number; host: string }): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if (typeof at === "string") server.listen(at, resolve);
    else server.listen(at, resolve);
  });
  return server;
}

/** Makes a Unix socket of the host process reachable at a TCP address of the box. */
export async function relayToSocket(host: string, port: number, socket: string): Promise<Server> {
  return await listen(
    createServer((client) => {
      join(client, connect(socket));
    }),
    { host, port },
  );
}
