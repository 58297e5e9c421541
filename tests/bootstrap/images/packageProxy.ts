import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { packageFolder, proxySocket } from "../support/folders";

let downloads = 0;

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
  await pipeline(answer, createWriteStream(partial));
  renameSync(partial, file);
  return file;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? "";
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

/** A proxy for apt that keeps every package. It listens on a socket that works across network namespaces. */
export async function startPackageProxy(): Promise<Server> {
  rmSync(proxySocket, { force: true });
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // apt retries, and prints the reason to its log.
      response.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(proxySocket, resolve));
  return server;
}
