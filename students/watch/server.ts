import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { codeOf, Failure, messageOf } from "../../cli/failure";
import type { Asset } from "../../localAws/live/page/server/assets";
import { isForThisServer, respond, securityHeaders } from "../../localAws/live/page/server/guard";
import type { Progress } from "../progress/progress";
import { classHtml, loadClassAssets } from "./assets";
import type { ClassWatch } from "./classWatch";
import type { Labels, Tile } from "./model";

export interface ClassPageOptions {
  readonly watch: ClassWatch;
  readonly labels: Labels;
  /** The students, in the roster's order. */
  readonly students: readonly { readonly id: string; readonly name: string }[];
  readonly tileOf: (progress: Progress) => Tile;
  /** The tile of a student who was not asked yet. */
  readonly waitingTile: (student: { readonly id: string; readonly name: string }) => Tile;
  /** On 127.0.0.1. Default: 4570 or the next free one; 0: any free one. */
  readonly port?: number | undefined;
}

export interface ClassPage {
  /** E.g. `http://127.0.0.1:4570/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const defaultPort = 4_570;
const attempts = 50;
const heartbeatMilliseconds = 15_000;

/** Serves the page of a class on loopback only. The accounts are asked only while a browser shows it. */
export async function startClassPage(options: ClassPageOptions): Promise<ClassPage> {
  const browsers = new Set<ServerResponse>();
  let assets: Promise<ReadonlyMap<string, Asset>> | undefined;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (!isForThisServer(request, portOf(server))) {
      respond(response, 403, "text/plain", `This page is at http://127.0.0.1:${portOf(server)}/.`);
      return;
    }
    assets ??= loadClassAssets();
    answer(options, assets, browsers, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else respond(response, 500, "text/plain", messageOf(error));
    });
  });
  const heartbeat = setInterval(() => {
    for (const browser of browsers) browser.write(": still here\n\n");
  }, heartbeatMilliseconds);
  heartbeat.unref();
  await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    close: async () => {
      clearInterval(heartbeat);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  options: ClassPageOptions,
  assets: Promise<ReadonlyMap<string, Asset>>,
  browsers: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://page");
  const asset = pathname.startsWith("/assets/")
    ? (await assets).get(pathname.slice("/assets/".length))
    : undefined;
  if (request.method !== "GET") respond(response, 405, "text/plain", "This page only reads.");
  else if (pathname === "/") respond(response, 200, "text/html", classHtml(options.labels));
  else if (pathname === "/events") follow(options, browsers, response);
  else if (asset !== undefined) respond(response, 200, asset.type, asset.body);
  else respond(response, 404, "text/plain", `There is no ${pathname}.`);
}

/** Sends the whole class, then each tile that changes. A browser that connects again gets the whole class. */
function follow(options: ClassPageOptions, browsers: Set<ServerResponse>, response: ServerResponse): void {
  const { watch, labels, students, tileOf, waitingTile } = options;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const send = (event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const known = new Map(watch.state().map((progress) => [progress.id, progress]));
  const tiles = students.map((student) => {
    const progress = known.get(student.id);
    return progress === undefined ? waitingTile(student) : tileOf(progress);
  });
  send("state", { labels, tiles });
  const unfollow = watch.follow((progress) => {
    send("student", tileOf(progress));
  });
  browsers.add(response);
  response.once("close", () => {
    unfollow();
    browsers.delete(response);
  });
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  const first = port ?? defaultPort;
  const last = port === undefined ? first + attempts - 1 : first;
  for (let each = first; each <= last; each += 1) if (await isListening(server, each)) return;
  throw new Failure(
    first === last
      ? `Port ${first} of 127.0.0.1 is used by another program.`
      : `Ports ${first} to ${last} of 127.0.0.1 are all in use.`,
    "End that program, or choose another port with --page-port.",
  );
}

function isListening(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      if (codeOf(error) === "EADDRINUSE") resolve(false);
      else reject(error);
    };
    server.once("error", onError).listen(port, "127.0.0.1", () => {
      server.off("error", onError);
      resolve(true);
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the page has no port");
  return address.port;
}
