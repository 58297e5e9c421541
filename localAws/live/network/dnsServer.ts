import {
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  RECURSION_AVAILABLE,
  TRUNCATED_RESPONSE,
  type Packet,
} from "dns-packet";
import type { Socket as UdpSocket } from "node:dgram";
import type { Server, Socket } from "node:net";

import type { Answer, NameRecord, RecordType } from "./names";

export interface DnsQuestion {
  readonly name: string;
  readonly type: RecordType;
}

/** Answers a question of the host with this address; null leaves it without an answer. */
export type AnswerDns = (question: DnsQuestion, asker: string) => Promise<Answer | null> | Answer | null;

const types: readonly string[] = ["A", "AAAA", "CNAME", "PTR"] satisfies RecordType[];
/** The code of an answer that there is no such name. */
const noSuchName = 3;
/** A longer answer over UDP is cut off, so that the asker comes by TCP. */
const mostUdpBytes = 512;
const mostTcpBytes = 65_535;

function isKnownType(type: string): type is RecordType {
  return types.includes(type);
}

function packetOf(query: Packet, answer: Answer, truncated = false): Buffer {
  const code = answer === undefined ? noSuchName : 0;
  const records = (answer ?? []).map(({ name, type, data, ttl }: NameRecord) => ({ name, type, data, ttl }));
  return encode({
    type: "response",
    ...(query.id === undefined ? {} : { id: query.id }),
    flags:
      ((query.flags ?? 0) & 0x01_00) |
      AUTHORITATIVE_ANSWER |
      RECURSION_AVAILABLE |
      (truncated ? TRUNCATED_RESPONSE : 0) |
      code,
    questions: query.questions ?? [],
    answers: records,
  });
}

function decodeQuery(message: Buffer): Packet | undefined {
  try {
    const query = decode(message);
    return query.type === "query" ? query : undefined;
  } catch {
    // No DNS message: a resolver ignores it. The package throws errors of several kinds for broken input.
    return undefined;
  }
}

/** The answer to a DNS message; undefined when the message is none. */
export async function answerMessage(
  message: Buffer,
  asker: string,
  ask: AnswerDns,
  mostBytes = mostTcpBytes,
): Promise<Buffer | undefined> {
  const query = decodeQuery(message);
  const question = query?.questions?.[0];
  if (query === undefined || question === undefined) return undefined;
  // A type that no record here has: the name exists, as far as its addresses do.
  const type = isKnownType(question.type) ? question.type : "A";
  const answer = await ask({ name: question.name, type }, asker);
  if (answer === null) return undefined;
  const packet = packetOf(query, type === question.type ? answer : answer && []);
  return packet.length > mostBytes ? packetOf(query, [], true) : packet;
}

/** Serves DNS over UDP. `report` gets errors, which end nothing. */
export function serveUdp(socket: UdpSocket, ask: AnswerDns, report: (error: unknown) => void): void {
  socket.on("error", report);
  socket.on("message", (message, { address, port }) => {
    answerMessage(message, address, ask, mostUdpBytes)
      .then((answer) => {
        if (answer !== undefined) socket.send(answer, port, address);
      })
      .catch(report);
  });
}

/** Serves DNS over TCP: each message follows its length. */
export function serveTcp(server: Server, ask: AnswerDns, report: (error: unknown) => void): void {
  server.on("error", report);
  server.on("connection", (socket) => {
    serveConnection(socket, ask, report);
  });
}

function serveConnection(socket: Socket, ask: AnswerDns, report: (error: unknown) => void): void {
  const asker = socket.remoteAddress ?? "";
  let received = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.setTimeout(10_000, () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      answerMessage(received.subarray(2, end), asker, ask)
        .then((answer) => {
          if (answer === undefined) return;
          const length = Buffer.alloc(2);
          length.writeUInt16BE(answer.length);
          socket.write(Buffer.concat([length, answer]));
        })
        .catch(report);
      received = received.subarray(end);
    }
  });
}
