import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { errors, type Dispatcher } from "undici";

import { messageOf } from "../../../../cli/failure";
import { requestBody } from "./body";
import { requestHeaders, toSite } from "./headers";
import { KnownTexts } from "./knownTexts";
import { rewritten } from "./rewriter";
import { answerTo } from "./sendAnswer";
import type { Site } from "./sites";
import { Upstream, type UpstreamOptions } from "./upstream";
import { waitingAnswer } from "./waitingPage";

/** An address on loopback that shows a site as a visitor of its load balancer sees it. */
export interface Door {
  readonly url: string;
  readonly update: (site: Site) => void;
  readonly close: () => void;
}

export interface DoorOptions extends Omit<UpstreamOptions, "site"> {
  readonly site: Site;
  /** The first port to try. */
  readonly port: number;
}

export const loopback = "127.0.0.1";
const triedPorts = 200;
const maxHeaderBytes = 65_536;
const keepAliveMilliseconds = 65_000;
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
/** Names of this machine. Another name is a web site that has its name lead here. */
const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\]|[a-z0-9-]+\.localhost)(?::\d+)?$/i;

export async function openDoor(options: DoorOptions): Promise<Door> {
  let { site } = options;
  let upstream = new Upstream({ ...options, site: () => site });
  const known = new KnownTexts();
  const server = createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) => {
    serve(request, response, { site, upstream, known }).catch((error: unknown) => {
      fail(response, 502, messageOf(error));
    });
  });
  server.keepAliveTimeout = keepAliveMilliseconds;
  // A large upload takes as long as it takes.
  server.requestTimeout = 0;
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    upgrade(request, socket, head, site, upstream).catch(() => socket.destroy());
  });
  const port = await listenFrom(server, options.port);
  return {
    url: `http://${loopback}:${port}`,
    update: (next) => {
      const isOther = next.scheme !== site.scheme || next.host !== site.host || next.port !== site.port;
      site = next;
      if (!isOther) return;
      upstream.close();
      upstream = new Upstream({ ...options, site: () => site });
    },
    close: () => {
      server.close();
      server.closeAllConnections();
      upstream.close();
    },
  };
}

/** Takes the first free port. */
async function listenFrom(server: Server, first: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, loopback, () => {
          server.off("error", reject);
          resolve();
        });
      });
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : port;
    } catch (error) {
      if (port >= first + triedPorts) throw error;
    }
  }
}

interface Serving {
  readonly site: Site;
  readonly upstream: Upstream;
  readonly known: KnownTexts;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { site, upstream, known }: Serving,
): Promise<void> {
  const doorHost = request.headers.host ?? "";
  if (!loopbackHost.test(doorHost)) {
    fail(response, 421, `This address shows ${site.host}, and is called ${loopback} or localhost.`);
    return;
  }
  const method = methods.find((each) => each === request.method);
  if (method === undefined) {
    fail(response, 405, `${site.host} has no method ${request.method ?? ""}.`);
    return;
  }
  const body = await requestBody(request, toSite(site, doorHost));
  const headers = requestHeaders(request.headers, site, doorHost);
  if (body !== undefined && "bytes" in body) headers["content-length"] = String(body.bytes.length);
  else if (body?.changes === true) delete headers["content-length"];
  const options: Dispatcher.DispatchOptions = {
    method,
    path: rewritten(request.url ?? "/", toSite(site, doorHost)),
    headers,
    body: body === undefined ? null : "bytes" in body ? body.bytes : body.stream,
  };
  const send = (isSecond: boolean): void => {
    const failed = (error: Error): void => {
      // The load balancer closed a connection while it was taken from the pool.
      const mayRepeat = body === undefined && error instanceof errors.SocketError;
      if (mayRepeat && !isSecond && !response.destroyed) send(true);
      else wait(response, site, messageOf(error), request.headers.accept ?? "");
    };
    upstream.pool.dispatch(
      options,
      answerTo(response, { site, origin: `http://${doorHost}`, known, failed }),
    );
  };
  send(false);
}

function fail(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function wait(response: ServerResponse, site: Site, reason: string, accept: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { headers, body } = waitingAnswer(site.host, reason, accept);
  response.writeHead(503, headers).end(body);
}

/** A connection that is no HTTP any more, such as a WebSocket. */
async function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  site: Site,
  upstream: Upstream,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  const doorHost = request.headers.host ?? "";
  if (!loopbackHost.test(doorHost)) {
    socket.end("HTTP/1.1 421 Misdirected Request\r\nConnection: close\r\n\r\n");
    return;
  }
  const other = await upstream.connect();
  other.on("error", () => socket.destroy());
  other.once("close", () => socket.destroy());
  socket.once("close", () => other.destroy());
  const headers = {
    ...requestHeaders(request.headers, site, doorHost),
    connection: "Upgrade",
    upgrade: request.headers.upgrade ?? "",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const path = rewritten(request.url ?? "/", toSite(site, doorHost));
  other.write(`${request.method ?? "GET"} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  if (head.length > 0) other.write(head);
  other.pipe(socket).pipe(other);
}
