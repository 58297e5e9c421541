import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { PassThrough, type Duplex } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";

import { Blocks } from "./blocks";
import { hasAddresses, responseHeaders, toDoor } from "./headers";
import type { KnownTexts } from "./knownTexts";
import { Rewriter } from "./rewriter";
import type { Site } from "./sites";

export interface AnswerOptions {
  readonly site: Site;
  /** The door's, as the browser names it. */
  readonly origin: string;
  /** What the door rewrote before. */
  readonly known: KnownTexts;
  /** Called when the load balancer gives no answer. */
  readonly failed: (error: Error) => void;
}

/** Sends the load balancer's answer to the browser with the door's addresses. Nothing is kept as a whole. */
export function answerTo(
  response: ServerResponse,
  { site, origin, known, failed }: AnswerOptions,
): Dispatcher.DispatchHandlers {
  let body: Body | undefined;
  return {
    onConnect: (abort) => {
      response.once("close", () => {
        if (!response.writableFinished) abort();
      });
    },
    onHeaders: (status, raw, resume, statusText) => {
      // Informational: the answer itself follows.
      if (status < 200) return true;
      const headers = headersOf(raw);
      const isRewritten = hasAddresses(headers, status);
      response.statusMessage = statusText;
      response.writeHead(status, responseHeaders(headers, site, origin, isRewritten));
      response.on("drain", resume);
      if (!isRewritten) body = plain(response);
      else body = rewritten(response, new Rewriter(toDoor(site, origin), known), headers["content-encoding"]);
      return true;
    },
    onData: (chunk) => body?.write(chunk) ?? true,
    onComplete: () => {
      body?.end();
    },
    onError: (error) => {
      // A browser sees that the body is not complete.
      if (response.headersSent) response.destroy();
      else failed(error);
    },
  };
}

interface Body {
  /** @returns whether the browser takes more now */
  readonly write: (chunk: Buffer) => boolean;
  readonly end: () => void;
}

function plain(response: ServerResponse): Body {
  return { write: (chunk) => response.write(chunk), end: () => response.end() };
}

function rewritten(response: ServerResponse, rewriter: Rewriter, encoding: string | undefined): Body {
  const blocks = new Blocks((block) => {
    const bytes = rewriter.write(block);
    return bytes.length === 0 || response.write(bytes);
  });
  const write = (part: Buffer): boolean => blocks.add(part);
  const end = (): void => {
    blocks.flush();
    response.end(rewriter.end());
  };
  response.once("close", () => {
    blocks.discard();
  });
  if (encoding === undefined || encoding === "identity") return { write, end };
  const decoder = decoderOf(encoding);
  decoder.on("data", write).once("end", end);
  decoder.once("error", () => response.destroy());
  // A small text: the decoder's own buffer is enough.
  return {
    write: (chunk) => {
      decoder.write(chunk);
      return true;
    },
    end: () => decoder.end(),
  };
}

function decoderOf(encoding: string): Duplex {
  switch (encoding) {
    case "gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    case "deflate":
      return createInflate();
    default:
      return new PassThrough();
  }
}

function headersOf(raw: readonly Buffer[]): IncomingHttpHeaders {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toString("latin1").toLowerCase() ?? "";
    const value = raw[index + 1]?.toString("latin1") ?? "";
    if (name === "set-cookie") cookies.push(value);
    else headers[name] = name in headers ? `${headers[name] ?? ""}, ${value}` : value;
  }
  return cookies.length === 0 ? headers : { ...headers, "set-cookie": cookies };
}
