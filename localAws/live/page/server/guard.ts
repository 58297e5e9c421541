import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Nothing from other places, no inline script or style, no frame. The page's code writes text only, which trusted types
 * enforce.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cache-control": "no-store",
};

/**
 * Whether the request names this server by a loopback name. Another name is DNS rebinding: a foreign site whose name
 * resolves to 127.0.0.1.
 */
export function isForThisServer({ headers }: IncomingMessage, port: number): boolean {
  return [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`].includes(
    headers.host?.toLowerCase() ?? "",
  );
}

/** Why a request for an action is refused; undefined when the page itself sent it. */
export function refusalOf(request: IncomingMessage, token: string): string | undefined {
  const {
    origin,
    host,
    "sec-fetch-site": site,
    "content-type": type,
    "x-page-token": given,
  } = request.headers;
  if (origin !== `http://${host ?? ""}`) return `Requests from ${origin ?? "no origin"} are refused.`;
  if (site !== undefined && site !== "same-origin") return `Requests from a ${site} page are refused.`;
  if (type !== "application/json") return "The content type must be application/json.";
  if (typeof given !== "string" || !isSame(given, token))
    return "The page is from an earlier start of the server. Load it again.";
  return undefined;
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

export function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body);
}
