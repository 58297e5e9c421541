/**
 * Visitors of one page: client.ts ADDRESS PORT HOST. Prints the requests per second as JSON.
 *
 * It reads answers from plain sockets: Node.js's HTTP client takes more CPU time than the programs that are measured.
 */
import { connect, type Socket } from "node:net";

const connections = 16;
const warmUpMilliseconds = 3_000;
const measureMilliseconds = 5_000;
const endOfChunks = "0\r\n\r\n";

/** The bytes of one answer. */
class Answer {
  private head = "";
  private left: number | undefined;
  private tail = "";

  /** @returns whether the answer is complete. @throws Error when it is not 200 */
  add(bytes: Buffer): boolean {
    let body = bytes;
    if (this.left === undefined) {
      this.head += bytes.toString("latin1");
      const end = this.head.indexOf("\r\n\r\n");
      if (end === -1) return false;
      if (!this.head.startsWith("HTTP/1.1 200 "))
        throw new Error(`The answer is ${this.head.split("\r\n")[0]}`);
      const length = /^content-length: (\d+)\r$/im.exec(this.head.slice(0, end + 2))?.[1];
      this.left = length === undefined ? Infinity : Number(length);
      body = Buffer.from(this.head.slice(end + 4), "latin1");
    }
    this.left -= body.length;
    this.tail = (this.tail + body.subarray(-endOfChunks.length).toString("latin1")).slice(
      -endOfChunks.length,
    );
    return this.left === 0 || (this.left === Infinity && this.tail === endOfChunks);
  }
}

async function connected(address: string, port: number): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true });
    socket.once("error", reject).once("connect", () => {
      resolve(socket);
    });
  });
}

async function visit(socket: Socket, host: string): Promise<void> {
  const answer = new Answer();
  await new Promise<void>((resolve, reject) => {
    const read = (bytes: Buffer): void => {
      try {
        if (!answer.add(bytes)) return;
        socket.off("data", read).off("close", closed);
        resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const closed = (): void => {
      reject(new Error(`${host} closed the connection.`));
    };
    socket.on("data", read).once("close", closed);
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: identity\r\n\r\n`);
  });
}

async function main([address = "", port = "", host = ""]: readonly string[]): Promise<void> {
  const start = performance.now() + warmUpMilliseconds;
  const end = start + measureMilliseconds;
  let counted = 0;
  const visitor = async (): Promise<void> => {
    const socket = await connected(address, Number(port));
    while (performance.now() < end) {
      await visit(socket, host);
      if (performance.now() >= start) counted += 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, visitor));
  console.log(JSON.stringify(counted / (measureMilliseconds / 1_000)));
}

void main(process.argv.slice(2));
