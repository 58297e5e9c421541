import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { codeOf, Failure, messageOf } from "../../../../cli/failure";
import { parseJson } from "../../../../cli/json";
import type { Watch } from "../watch";
import { actionSchema, type Actions } from "./actions";
import { type Assets, escaped, loadAssets } from "./assets";
import { isForThisServer, refusalOf, respond, securityHeaders } from "./guard";
import { type Hub, makeHub } from "./hub";

/** A stack that the page shows. */
export interface PageStack {
  readonly watch: Watch;
  /** Undefined: the page only reads. */
  readonly actions?: Actions | undefined;
}

/** The stacks of one server, by their names. */
export interface Stacks {
  readonly names: () => Promise<readonly string[]>;
  readonly find: (name: string) => Promise<PageStack | undefined>;
}

export interface PageServer {
  /** E.g. `http://127.0.0.1:4560`; the page of a stack is at `/<stack>/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface PageOptions {
  readonly stacks: Stacks;
  /** On 127.0.0.1. Default: 4560 or the next free one; 0: any free one. */
  readonly port?: number | undefined;
}

export const defaultPagePort = 4560;
/** How many ports are tried, from the default on. */
const attempts = 50;
const maxBodyLength = 10_000;

/** Serves the page on loopback only. */
export async function startPage({ stacks, port }: PageOptions): Promise<PageServer> {
  const boot = randomBytes(8).toString("hex");
  const token = randomBytes(24).toString("base64url");
  let assets: Promise<Assets> | undefined;
  const hubs = new Map<string, Hub>();
  const context: Context = {
    stacks,
    token,
    assets: () => (assets ??= loadAssets()),
    hub: async (name, { watch, actions }) => {
      const { version } = await context.assets();
      const known = hubs.get(name);
      if (known !== undefined) return known;
      const hub = makeHub(watch, { boot, version, token: actions === undefined ? null : token });
      hubs.set(name, hub);
      return hub;
    },
  };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const { port: own } = addressOf(server.address());
    if (!isForThisServer(request, own)) {
      respond(response, 403, "text/plain", `This page is at http://127.0.0.1:${String(own)}/.`);
      return;
    }
    answer(context, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else respond(response, 500, "text/plain", messageOf(error));
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${String(addressOf(server.address()).port)}`,
    close: async () => {
      for (const hub of hubs.values()) hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Context {
  readonly stacks: Stacks;
  readonly token: string;
  readonly assets: () => Promise<Assets>;
  readonly hub: (name: string, stack: PageStack) => Promise<Hub>;
}

async function answer(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://page");
  if (pathname === "/") {
    await index(context, response);
    return;
  }
  if (pathname.startsWith("/assets/")) {
    const assets = await context.assets();
    const asset = request.method === "GET" ? assets.get(pathname.slice("/assets/".length)) : undefined;
    if (asset === undefined) respond(response, 404, "text/plain", `There is no ${pathname}.`);
    else respond(response, 200, asset.type, asset.body);
    return;
  }
  const [, name = "", rest] = /^\/([A-Za-z0-9_.-]+)(\/.*)?$/.exec(pathname) ?? [];
  const stack = name === "" ? undefined : await context.stacks.find(name);
  const route = `${request.method ?? ""} ${rest ?? ""}`;
  if (stack === undefined) {
    respond(
      response,
      404,
      "text/plain",
      `There is no page ${pathname}. See http://${request.headers.host ?? ""}/.`,
    );
  } else if (route === "GET ") {
    response.writeHead(302, { location: `/${name}/` }).end();
  } else if (route === "GET /") {
    respond(response, 200, "text/html", (await context.assets()).html(name));
  } else if (route === "GET /events") {
    const last = request.headers["last-event-id"];
    (await context.hub(name, stack)).connect(response, typeof last === "string" ? last : undefined);
  } else if (route === "POST /actions") {
    await act(context, stack, request, response);
  } else {
    respond(response, 404, "text/plain", `There is no ${route}.`);
  }
}

/** One stack: its page. Several: their names. None: a page that waits for one. */
async function index({ stacks }: Context, response: ServerResponse): Promise<void> {
  const names = await stacks.names();
  if (names.length === 1) {
    response.writeHead(302, { location: `/${names[0] ?? ""}/` }).end();
    return;
  }
  const items = names.map((name) => `<li><a href="/${escaped(name)}/">${escaped(name)}</a></li>`).join("");
  const body =
    names.length === 0
      ? "<p>No stack is up yet. This page shows the stack when it is.</p>"
      : `<nav aria-labelledby="stacks"><ul>${items}</ul></nav>`;
  respond(
    response,
    200,
    "text/html",
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3"><title>Stacks</title><link rel="stylesheet" href="/assets/page.css"><link rel="icon" href="/assets/icon.svg"><main class="index"><h1 id="stacks">Stacks</h1>${body}</main></html>`,
  );
}

async function act(
  { token }: Context,
  { actions, watch }: PageStack,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const json = (status: number, message: string): void => {
    respond(response, status, "application/json", JSON.stringify({ message }));
  };
  if (actions === undefined) {
    json(403, "This page only reads.");
    return;
  }
  const refusal = refusalOf(request, token);
  if (refusal !== undefined) {
    json(403, refusal);
    return;
  }
  const action = parseJson(actionSchema, await bodyOf(request));
  if (action === undefined) {
    json(400, "The request has no action that this server knows.");
    return;
  }
  try {
    const done = await actions.perform(action);
    watch.hurry();
    json(200, done);
  } catch (error) {
    json(409, messageOf(error));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxBodyLength)
      throw new Error(`The body has more than ${String(maxBodyLength)} characters.`);
  }
  return text;
}

async function listen(server: ReturnType<typeof createServer>, asked: number | undefined): Promise<void> {
  const first = asked ?? defaultPagePort;
  const last = asked === undefined ? defaultPagePort + attempts : first;
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
      return;
    } catch (error) {
      if (codeOf(error) !== "EADDRINUSE") throw error;
      if (port < last) continue;
      throw new Failure(
        `Port ${String(port)} of 127.0.0.1, where the page would be, is used by another program.`,
        "End that program, or choose another port.",
        { cause: error },
      );
    }
  }
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string")
    throw new TypeError("The server does not listen on a port.");
  return address;
}
