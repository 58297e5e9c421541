import { createSocket } from "node:dgram";

import { addresses } from "./addresses";

const headerBytes = 12;
const typeA = 1;

/** The end of a message's first question. */
function endOfQuestion(message: Buffer): number {
  let at = headerBytes;
  while ((message[at] ?? 0) !== 0) at += (message[at] ?? 0) + 1;
  return at + 5;
}

/** Every name has the same IPv4 address, and no IPv6 address. */
export function answerTo(query: Buffer): Buffer {
  const end = endOfQuestion(query);
  const isA = query.readUInt16BE(end - 4) === typeA;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  // Flags: a response; recursion desired and available.
  header.writeUInt16BE(0x81_80, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isA ? 1 : 0, 6);
  const question = query.subarray(headerBytes, end);
  if (!isA) return Buffer.concat([header, question]);
  const answer = Buffer.from([0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4]);
  const address = Buffer.from(addresses.internet.split(".").map(Number));
  return Buffer.concat([header, question, answer, address]);
}

/** The VPC's own resolver, which resolves every name of the internet even without a route to it. */
export async function startResolver(): Promise<void> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { address, port }) => {
    socket.send(answerTo(query), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(53, addresses.router, resolve));
}
