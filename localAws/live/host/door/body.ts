import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

import { Rewriter } from "./rewriter";
import type { Rewriting } from "./rewriting";

/** Forms and calls of APIs. WordPress takes no larger ones. */
const maxTextBytes = 64 * 1_048_576;
const textTypes = /^application\/(?:x-www-form-urlencoded|(?:[\w.]+\+)?json|xml)|^text\//i;

/** A body that is read, or one that streams. */
export type RequestBody = { readonly bytes: Buffer } | { readonly stream: IncomingMessage } | undefined;

/**
 * A request's body: text with the site's own addresses, so that a post does not keep the door's; everything else, such
 * as an upload, as it arrives.
 * @returns undefined when there is none
 */
export async function requestBody(request: IncomingMessage, rewriting: Rewriting): Promise<RequestBody> {
  const {
    "content-length": length,
    "transfer-encoding": transfer,
    "content-type": type = "",
  } = request.headers;
  if (transfer === undefined && (length === undefined || length === "0")) return undefined;
  const isText = textTypes.test(type) && request.headers["content-encoding"] === undefined;
  if (!isText || length === undefined || Number(length) > maxTextBytes) return { stream: request };
  const rewriter = new Rewriter(rewriting);
  const all = rewriter.write(await buffer(request));
  return { bytes: Buffer.concat([all, rewriter.end()]) };
}
