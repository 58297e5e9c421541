import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { isIPv4, type Socket } from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";

import { Failure, messageOf } from "../../../cli/failure";
import type { Dialer } from "../dial";
import { readRunning } from "./state";

/** In the folder that the host process and the box share; only the user may enter it. */
const socketName = "tunnel.sock";
/** A packet that no security group admits gets no answer. */
const dialMilliseconds = 10_000;

/**
 * Lets the user's programs connect to addresses of the region's internet, as any host on the internet may: HTTP's
 * CONNECT on a Unix socket.
 *
 * @param sockets the folder that the box shares with the host process
 */
export async function openTunnel(sockets: string, dial: Dialer["dial"]): Promise<Server> {
  const server = createServer((_request, response) => {
    response
      .writeHead(405, { allow: "CONNECT" })
      .end("This socket opens connections: CONNECT ADDRESS:PORT.\n");
  });
  server.on("connect", (asked, client: Duplex, head: Buffer) => {
    client.on("error", () => client.destroy());
    open(asked.url ?? "", dial).then(
      (socket) => {
        join(client, socket, head);
      },
      (error: unknown) => {
        client.end(`HTTP/1.1 502 Bad Gateway\r\nx-reason: ${encodeURIComponent(messageOf(error))}\r\n\r\n`);
      },
    );
  });
  const socketPath = path.join(sockets, socketName);
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(socketPath, resolve);
  });
  return server;
}

async function open(authority: string, dial: Dialer["dial"]): Promise<Socket> {
  const [, address = "", digits = ""] = /^([\d.]+):(\d{1,5})$/.exec(authority) ?? [];
  const port = Number(digits);
  if (!isIPv4(address) || port < 1 || port > 65_535) {
    throw new Failure(`${authority} is no IPv4 address with a port.`, "Resolve the name first.");
  }
  const late = AbortSignal.timeout(dialMilliseconds);
  const dialling = dial(address, port);
  const timedOut = once(late, "abort").then(() => {
    throw new Failure(`${address}:${port} did not answer within ${dialMilliseconds / 1_000} s.`, "");
  });
  void dialling.then(
    (socket) => {
      if (late.aborted) socket.destroy();
    },
    () => undefined,
  );
  return await Promise.race([dialling, timedOut]);
}

function join(client: Duplex, socket: Socket, head: Buffer): void {
  socket.on("error", () => client.destroy());
  socket.once("close", () => client.destroy());
  client.once("close", () => socket.destroy());
  client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.length > 0) socket.write(head);
  socket.pipe(client).pipe(socket);
}

/**
 * Connects to an address of the region that uses the emulator's folder.
 * @throws Failure when nothing answers there, or no region runs; the signal's reason
 */
export async function dialRegion(
  folder: string,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const state = readRunning(folder);
  if (state === undefined) throw new Failure(`No machines run: no live region uses ${folder}.`, "");
  return await dialTunnel(state.sockets, address, port, signal);
}

/** @param sockets as for {@link openTunnel} */
export async function dialTunnel(
  sockets: string,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socketPath = path.join(sockets, socketName);
    request({ socketPath, method: "CONNECT", path: `${address}:${port}`, signal, agent: false })
      .once("connect", (answer, socket) => {
        if (answer.statusCode === 200) {
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new Failure(decodeURIComponent(String(answer.headers["x-reason"] ?? "refused")), ""));
      })
      .once("error", reject)
      .end();
  });
}
