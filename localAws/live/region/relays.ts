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

/** The first line of a connection to `dial.sock`: `ADDRESS PORT\n`. The answer is `ok\n` or `error REASON\n`. */
const request = /^(\d{1,3}(?:\.\d{1,3}){3}) (\d{1,5})\n$/;
const maxRequestBytes = 32;

/** Connects the host process to addresses of the region's internet, e.g. a load balancer's public one. */
export async function serveDial(socket: string): Promise<Server> {
  return await listen(createServer({ pauseOnConnect: false }, dial), socket);
}

function dial(client: Socket): void {
  let line = Buffer.alloc(0);
  const refuse = (reason: string): void => {
    client.end(`error ${reason}\n`);
  };
  const read = (chunk: Buffer): void => {
    line = Buffer.concat([line, chunk]);
    const end = line.indexOf("\n");
    if (end === -1 && line.length <= maxRequestBytes) return;
    client.off("data", read);
    client.pause();
    const match = request.exec(line.subarray(0, end + 1).toString());
    if (match === null) {
      refuse("expected: ADDRESS PORT");
      return;
    }
    const rest = line.subarray(end + 1);
    const upstream = connect({ host: match[1] ?? "", port: Number(match[2]) });
    upstream.once("error", (error) => {
      if (upstream.connecting) refuse(error.message);
    });
    upstream.once("connect", () => {
      client.write("ok\n");
      if (rest.length > 0) upstream.write(rest);
      join(client, upstream);
      client.resume();
    });
  };
  client.on("data", read);
  client.on("error", () => client.destroy());
}
