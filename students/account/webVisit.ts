import { request, type IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates, type TLSSocket } from "node:tls";

import type { Answer } from "./internet";

/** A page of WordPress on a loaded server takes seconds. */
const visitMilliseconds = 10_000;

export interface Way {
  /** Opens a TCP connection to the site, and ends the attempt with the signal. */
  readonly connect: (port: number, signal: AbortSignal) => Promise<Socket>;
  /** A certificate authority that is trusted besides the public ones, in PEM. */
  readonly authority?: () => Promise<string>;
}

/** The port of an URL, also when it has none. */
export function portOf({ port, protocol }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

/**
 * Requests the URL over a connection of its own without following redirects, and reads the whole answer.
 * @throws the system's error when nothing answers in time
 */
export async function visitOver({ connect, authority }: Way, url: URL, stop?: AbortSignal): Promise<Answer> {
  const inTime = AbortSignal.timeout(visitMilliseconds);
  const signal = stop === undefined ? inTime : AbortSignal.any([stop, inTime]);
  const plain = await connect(portOf(url), signal);
  const end = (): void => {
    plain.destroy(signal.reason instanceof Error ? signal.reason : new Error("The visit was stopped."));
  };
  signal.addEventListener("abort", end, { once: true });
  try {
    signal.throwIfAborted();
    if (url.protocol === "http:") return answerOf(await pageOf(plain, url));
    const encrypted = await encryptedBy(plain, url.hostname, await authority?.());
    const problem: unknown = encrypted.authorizationError;
    const page = answerOf(await pageOf(encrypted, url));
    return encrypted.authorized ? page : { ...page, untrusted: codeOfProblem(problem) };
  } finally {
    signal.removeEventListener("abort", end);
    plain.destroy();
  }
}

function answerOf({ statusCode = 0, headers: { location } }: IncomingMessage): Answer {
  return location === undefined ? { status: statusCode } : { status: statusCode, location };
}

/** Node.js types the problem as an error; it is OpenSSL's code, or an error with a code. */
function codeOfProblem(problem: unknown): string {
  if (problem instanceof Error) return "code" in problem ? String(problem.code) : problem.message;
  return String(problem);
}

async function encryptedBy(socket: Socket, host: string, authority: string | undefined): Promise<TLSSocket> {
  return await new Promise((resolve, reject) => {
    const encrypted = connectTls(
      {
        socket,
        // RFC 6066, 3: an address is no server name.
        ...(isIP(host) === 0 ? { servername: host } : { host }),
        // The answer reports what a browser would refuse; the visit sends no secret.
        rejectUnauthorized: false,
        ALPNProtocols: ["http/1.1"],
        ...(authority === undefined ? {} : { ca: [...rootCertificates, authority] }),
      },
      () => {
        encrypted.off("error", reject);
        resolve(encrypted);
      },
    );
    encrypted.once("error", reject);
  });
}

async function pageOf(socket: Socket, url: URL): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    request(
      {
        createConnection: () => socket,
        host: url.hostname,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, connection: "close" },
      },
      (response) => {
        response.once("error", reject);
        response.once("end", () => {
          resolve(response);
        });
        response.resume();
      },
    )
      .once("error", reject)
      .end();
  });
}
