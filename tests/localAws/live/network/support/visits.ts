import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";

import type { Network } from "../../../../../localAws/live/network/network";

const execute = promisify(execFile);

/** Runs a script of Node.js in an owner's namespace. @returns its output */
export async function runIn(owner: string, script: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute("ip", ["netns", "exec", owner, process.execPath, "-e", script, ...args]);
  return stdout;
}

export async function greet(
  network: Network,
  owner: string | undefined,
  address: string,
  port: number,
  text: string,
) {
  const server = await network.listen(owner, address, port);
  server.on("connection", (socket) =>
    socket.on("error", () => undefined).end(`${text} ${socket.remoteAddress}`),
  );
  return server;
}

/** What a server on the address answers to a client in the box's own namespace, the internet. */
export async function visit(address: string, port: number): Promise<string> {
  return await new Promise((resolve) => {
    let answer = "";
    const socket = connect({ host: address, port, timeout: 1_000 });
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("timeout", () => {
      socket.destroy();
      resolve("timeout");
    });
    socket.on("error", (error) => {
      resolve(`error: ${error.message}`);
    });
    socket.on("end", () => {
      resolve(answer);
    });
  });
}

const client = `
const socket = require("node:net").connect({ host: process.argv[1], port: Number(process.argv[2]), timeout: 1000 });
socket.on("data", (data) => process.stdout.write(data));
socket.on("timeout", () => { process.stdout.write("timeout"); socket.destroy(); });
socket.on("error", (error) => process.stdout.write("error: " + error.message));
`;

/** What a server answers to a client in an owner's namespace. */
export async function visitFrom(owner: string, address: string, port: number): Promise<string> {
  return await runIn(owner, client, address, `${port}`);
}
