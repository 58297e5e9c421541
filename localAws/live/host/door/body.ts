import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

import { boundaryOf, formStream } from "./multipart";
import { Rewriter } from "./rewriter";
import type { Rewriting } from "./rewriting";

/** Forms and calls of APIs. WordPress takes no larger ones. */
const maxTextBytes = 64 * 1_048_576;
const textTypes = /^application\/(?:x-www-form-urlencoded|(?:[\w.]+\+)?json|xml)|^text\//i;

/** A body that is read, or one that streams; its length may change. */
export type RequestBody =
  { readonly bytes: Buffer } | { readonly stream: Readable; readonly changes: boolean } | undefined;

/**
 * A request's body: text with the site's own addresses, so that a post does not keep the door's, and so are the fields of
 * a form with files; everything else, such as an upload, passes as it arrives.
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
  const boundary = request.headers["content-encoding"] === undefined ? boundaryOf(type) : undefined;
  if (boundary !== undefined) {
    const stream = formStream(boundary, rewriting);
    // A failure of one ends the other; the answer's own handlers report it.
    pipeline(request, stream, () => undefined);
    return { stream, changes: true };
  }
  if (!isText || length === undefined || Number(length) > maxTextBytes)
    return { stream: request, changes: false };
  const rewriter = new Rewriter(rewriting);
  const all = rewriter.write(await buffer(request));
  return { bytes: Buffer.concat([all, rewriter.end()]) };
}
