import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { packageFolder } from "./folders";
import { mirrors } from "./mirror";

let downloads = 0;
let downloadedBytes = 0;

/** The size of all packages that this process has downloaded. */
export function downloadedMiB(): number {
  return downloadedBytes / 2 ** 20;
}

async function ask(url: string, headers: IncomingMessage["headers"]): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    get(url, { headers }, resolve).once("error", reject);
  });
}

/** A package with a given name never changes, so it is downloaded once. */
async function fetchPackage(url: string): Promise<string | undefined> {
  const file = join(packageFolder, createHash("sha256").update(url).digest("hex"));
  if (existsSync(file)) return file;
  const answer = await ask(url, {});
  if (answer.statusCode !== 200) {
    answer.resume();
    return undefined;
  }
  downloads += 1;
  const partial = `${file}.${downloads}`;
  answer.on("data", (chunk: Buffer) => (downloadedBytes += chunk.length));
  await pipeline(answer, createWriteStream(partial));
  renameSync(partial, file);
  return file;
}

async function serve(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]) {
  const url = request.url ?? "";
  // The proxy runs with the machine's network: without this, a server could reach everything that the user can.
  if (
    request.method !== "GET" ||
    url.includes("/../") ||
    !allowed.some((each) => url.startsWith(`${each}/`))
  ) {
    response.writeHead(403).end(`This proxy serves ${allowed.join(" and ")} only.\n`);
    return;
  }
  if (url.endsWith(".deb")) {
    const file = await fetchPackage(url);
    if (file !== undefined) {
      await pipeline(createReadStream(file), response);
      return;
    }
  }
  const answer = await ask(url, { ...request.headers, connection: "close" });
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}

/**
 * A proxy for apt that keeps every package, and serves Debian's mirrors only. @param socket a path, which works across
 * network namespaces; else a port of the loopback address
 */
export async function startPackageProxy(socket?: string): Promise<Server> {
  const { main, security } = await mirrors();
  if (socket !== undefined) rmSync(socket, { force: true });
  const server = createServer((request, response) => {
    serve(request, response, [main, security]).catch((error: unknown) => {
      // apt retries, and prints the reason to its log.
      if (!response.headersSent) response.writeHead(502);
      response.end(String(error));
    });
  });
  const where = socket === undefined ? { host: "127.0.0.1", port: 0 } : { path: socket };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, resolve);
  });
  return server;
}
