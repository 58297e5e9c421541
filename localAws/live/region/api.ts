import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { Failure, messageOf } from "../../../cli/failure";
import type { RouteAnswer, Routes } from "./part";
import type { Timeline } from "./timeline";

/** The largest body of a request: a command for a machine. */
const maxBodyLength = 1_000_000;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly answer: Routes[string];
}

/**
 * The region's own API: HTTP on a Unix socket that only its user can open. `GET /events?after=N` is a stream of
 * server-sent events: the timeline.
 */
export async function serveApi(socket: string, routes: Routes, timeline: Timeline): Promise<Server> {
  const table = Object.entries(routes).map(([key, answer]) => routeOf(key, answer));
  const server = createServer((request, response) => {
    answer(table, timeline, request, response).catch((error: unknown) => {
      const status = error instanceof Failure ? 409 : 500;
      respond(response, status, { json: { message: messageOf(error) } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return server;
}

function routeOf(key: string, answer: Routes[string]): Route {
  const [method = "", path = ""] = key.split(" ");
  const pattern = path.split(":id").map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return { method, pattern: new RegExp(`^${pattern.join("([^/]+)")}$`), answer };
}

async function answer(
  table: readonly Route[],
  timeline: Timeline,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://region");
  if (request.method === "GET" && url.pathname === "/events") {
    stream(timeline, Number(url.searchParams.get("after") ?? 0), response);
    return;
  }
  for (const route of table) {
    const match = route.method === request.method ? route.pattern.exec(url.pathname) : null;
    if (match === null) continue;
    const id = decodeURIComponent(match[1] ?? "");
    const body = (): Promise<string> => readBody(request);
    respond(response, 200, await route.answer({ id, query: url.searchParams, body, request }));
    return;
  }
  respond(response, 404, { json: { message: `The region has no ${request.method ?? ""} ${url.pathname}.` } });
}

function stream(timeline: Timeline, after: number, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const write = (entry: { number: number }): void => {
    response.write(`id: ${entry.number}\ndata: ${JSON.stringify(entry)}\n\n`);
  };
  for (const entry of timeline.after(after)) write(entry);
  response.once("close", timeline.listen(write));
}

function respond(response: ServerResponse, status: number, given: RouteAnswer): void {
  const [type, text] =
    "json" in given ? ["application/json", JSON.stringify(given.json)] : ["text/plain", given.text];
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  // Decodes characters that two chunks share.
  request.setEncoding("utf8");
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > maxBodyLength)
      throw new Failure(`The body has more than ${maxBodyLength} characters.`, "Send less.");
  }
  return body;
}
