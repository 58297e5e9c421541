import {
  createServer,
  request as ask,
  type RequestListener,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

import { codeOf, Failure, messageOf } from "../../cli/failure";
import { noPage, type Page, pagePrefix, type Pages } from "./pages";
import { refusalOf, type Reason } from "./refusal";
import { parseAuthorization, problemWith } from "./signature";

/** A key that opens one account. */
export interface Key {
  readonly secretAccessKey: string;
  /** 12 digits. */
  readonly accountId: string;
}

export interface GatewayOptions {
  /** The emulator's address on 127.0.0.1. */
  readonly emulator: string;
  /** The key with this id, if there is one. */
  readonly keyOf: (accessKeyId: string) => Key | undefined;
  /** The IP address to listen on. */
  readonly address: string;
  /** TCP port; 0 for any free one. */
  readonly port: number;
  readonly now?: () => Date;
  /** What the gateway answers itself. */
  readonly pages?: Pages;
  /** A certificate in PEM: the gateway then speaks HTTPS only. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface Gateway {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A Lambda function's package has at most 50 MB, and is sent as base64. */
const maxBodyBytes = 64 * 1_024 * 1_024;

/** The emulator's and moto's own API, and the metadata of servers. */
const closedPaths = /^\/+(?:_local|moto-api|latest|favicon\.ico)(?:$|[/?.])/i;

/** Headers of one connection only. */
const ofConnection: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Makes an emulator reachable for others: it passes on only requests that are signed with a known key, each to the
 * account of its key. The emulator itself stays on 127.0.0.1, where it checks no signature.
 *
 * @throws Failure when it cannot listen
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const listener: RequestListener = (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { "content-type": "text/plain" }).end(`${messageOf(error)}\n`);
    });
  };
  const { address, port, tls } = options;
  const server =
    tls === undefined
      ? createServer(listener)
      : createTlsServer({ cert: tls.certificate, key: tls.key, minVersion: "TLSv1.2" }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(cannotListen(error, address, port));
    });
    server.listen(port, address, resolve);
  });
  return {
    port: portOf(server.address()),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  options: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { keyOf, now = () => new Date(), pages } = options;
  const { method = "GET", rawHeaders, url: target = "/" } = request;
  const open = method === "GET" ? pages?.open.get(target) : undefined;
  if (open !== undefined) {
    send(response, open);
    return;
  }
  const authorization = parseAuthorization(request.headers.authorization ?? "");
  const refuse = (reason: Reason): void => {
    const { status, headers, body } = refusalOf(reason, authorization?.service);
    response.writeHead(status, { ...headers, connection: "close" }).end(body);
  };
  if (authorization === undefined) {
    refuse("unsigned");
    return;
  }
  const key = keyOf(authorization.accessKeyId);
  if (key === undefined) {
    refuse("unknown key");
    return;
  }
  if (!isOpen(target)) {
    refuse("path");
    return;
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    refuse("size");
    return;
  }
  const problem = problemWith(
    { method, target, rawHeaders, body },
    authorization,
    key.secretAccessKey,
    now(),
  );
  if (problem !== undefined) refuse(problem);
  else if (target.startsWith(pagePrefix)) {
    const page =
      method === "POST" ? await pages?.ofAccount(key.accountId, target, body.toString()) : undefined;
    send(response, page ?? noPage);
  } else await passOn(options.emulator, { method, target, rawHeaders, body }, key, response);
}

function send(response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, { "content-type": type }).end(body);
}

function isOpen(target: string): boolean {
  if (!target.startsWith("/")) return false;
  try {
    return !closedPaths.test(decodeURIComponent(target.split("?")[0] ?? ""));
  } catch (error) {
    // It is no valid encoding.
    if (error instanceof URIError) return false;
    throw error;
  }
}

/** The whole body; undefined when it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("a request's body is not binary");
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Passed {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** In the emulator an access key of 12 digits is the account. */
async function passOn(
  emulator: string,
  { method, target, rawHeaders, body }: Passed,
  { accountId }: Key,
  response: ServerResponse,
): Promise<void> {
  const { hostname, port } = new URL(emulator);
  const headers = passedHeaders(rawHeaders).map(([name, value]): [string, string] => [
    name,
    name.toLowerCase() === "authorization"
      ? value.replace(/Credential=[^/]+/, `Credential=${accountId}`)
      : value,
  ]);
  const length = ["content-length", String(body.length)];
  await new Promise<void>((resolve, reject) => {
    const passed = ask(
      { hostname, port, method, path: target, headers: [...headers.flat(), ...length], setHost: false },
      (answered) => {
        response.writeHead(answered.statusCode ?? 502, passedHeaders(answered.rawHeaders).flat());
        answered.pipe(response);
        answered.once("error", reject);
        response.once("close", resolve);
      },
    );
    passed.once("error", reject);
    response.once("close", () => passed.destroy());
    passed.end(body);
  });
}

/** The headers that belong to the message, without its length. */
function passedHeaders(raw: readonly string[]): readonly [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = raw.slice(index, index + 2);
    if (!ofConnection.has(name.toLowerCase()) && name.toLowerCase() !== "content-length")
      headers.push([name, value]);
  }
  return headers;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new TypeError("the gateway has no port");
  return address.port;
}

function cannotListen(error: Error, address: string, port: number): Error {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new Failure(
        `Port ${port} of ${address} is used by another program.`,
        "End it, or name another port: --address ADDRESS:PORT.",
        { cause: error },
      );
    case "EADDRNOTAVAIL":
      return new Failure(
        `${address} is no address of this machine.`,
        "Name one of this machine's addresses (ip address), or 0.0.0.0 for all of them.",
        { cause: error },
      );
    default:
      return error;
  }
}
