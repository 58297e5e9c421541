/**
 * Opens sockets in the network namespace in which it runs, hands them to its parent over IPC, and ends: a socket stays
 * in the namespace in which it was opened. Each argument is one socket, e.g. `tcp 10.0.0.2 53`.
 */
const { createSocket } = require("node:dgram");
const { createServer } = require("node:net");

/** @typedef {{ kind: string, address: string, port: number }} SocketRequest */
const requests = process.argv.slice(2).map((text) => {
  const [kind = "", address = "", port = ""] = text.split(" ");
  return { kind, address, port: Number(port) };
});

/**
 * @param {SocketRequest} request
 * @returns {Promise<import("node:child_process").SendHandle>}
 */
function open({ kind, address, port }) {
  return new Promise((resolve, reject) => {
    if (kind === "udp") {
      const socket = createSocket("udp4");
      socket.once("error", reject).bind(port, address, () => {
        resolve(socket);
      });
      return;
    }
    const server = createServer();
    server.once("error", reject).listen(port, address, () => {
      resolve(server);
    });
  });
}

/** @param {object} message @param {import("node:child_process").SendHandle} [handle] */
function send(message, handle) {
  return new Promise((resolve, reject) => {
    process.send?.(message, handle, undefined, (/** @type {Error | null} */ error) => {
      if (error === null) resolve(undefined);
      else reject(error);
    });
  });
}

async function main() {
  for (const [index, request] of requests.entries()) {
    try {
      await send({ index }, await open(request));
    } catch (error) {
      await send({ index, error: error instanceof Error ? error.message : String(error) });
    }
  }
  process.exit(0);
}

void main();
