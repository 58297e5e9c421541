import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

import { responseHeaders, hasAddresses, toDoor } from "./headers";
import { Rewriter } from "./rewriter";
import type { Site } from "./sites";

/** The load balancer's answer, whose headers are already rewritten, for the browser. Nothing is kept as a whole. */
export function sendAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  site: Site,
  origin: string,
): void {
  const status = answer.statusCode ?? 502;
  response.statusMessage = answer.statusMessage ?? "";
  const isRewritten = hasAddresses(answer.headers, status);
  response.writeHead(status, responseHeaders(answer.headers, site, origin, isRewritten));
  const end = (error: NodeJS.ErrnoException | null | undefined): void => {
    // A browser sees that the body is not complete.
    if (error !== null && error !== undefined) response.destroy();
  };
  if (isRewritten) rewrite(decoded(answer), response, new Rewriter(toDoor(site, origin)));
  else pipeline(answer, response, end);
}

function decoded(answer: IncomingMessage): Readable {
  switch (answer.headers["content-encoding"]) {
    case "gzip":
      return pipeline(answer, createGunzip(), () => undefined);
    case "br":
      return pipeline(answer, createBrotliDecompress(), () => undefined);
    case "deflate":
      return pipeline(answer, createInflate(), () => undefined);
    default:
      return answer;
  }
}

function rewrite(body: Readable, response: ServerResponse, rewriter: Rewriter): void {
  body.on("data", (chunk: Buffer) => {
    const bytes = rewriter.write(chunk);
    if (bytes.length === 0 || response.write(bytes)) return;
    body.pause();
    response.once("drain", () => body.resume());
  });
  body.once("end", () => response.end(rewriter.end()));
  body.once("error", () => response.destroy());
  body.once("close", () => {
    if (!response.writableEnded) response.destroy();
  });
}
