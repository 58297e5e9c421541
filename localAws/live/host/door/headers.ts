/** Headers between a browser, which knows the door's address, and a site, which knows its own name. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

import { rewritten } from "./rewriter";
import type { Rewriting } from "./rewriting";
import type { Site } from "./sites";

/** Headers of one connection: RFC 9110, 7.6.1. */
const ofConnection = new Set([
  "connection",
  // The door has already taken the body.
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers that no longer fit a body with other addresses. */
const ofBody = new Set(["content-length", "content-encoding", "content-md5", "digest", "accept-ranges"]);

/** A visitor may not choose its own address. */
const untrusted = /^(?:forwarded|x-forwarded-.*|x-real-ip|x-amzn-.*)$/;

/** The origin that a site's visitors see, e.g. `https://example.com`. */
export function originOf({ scheme, host, port }: Site): string {
  const isDefault = port === (scheme === "https" ? 443 : 80);
  return `${scheme}://${host}${isDefault ? "" : `:${port}`}`;
}

/** Replaces the site's addresses by the door's. */
export function toDoor({ names, port }: Site, origin: string): Rewriting {
  return { names, port, origin };
}

/** Replaces the door's addresses by the site's. @param doorHost the request's `Host` */
export function toSite(site: Site, doorHost: string): Rewriting {
  // Its port has a colon, which an encoded address encodes, too.
  const once = encodeURIComponent(doorHost);
  return { names: [...new Set([doorHost, once, encodeURIComponent(once)])], origin: originOf(site) };
}

/** A visitor's headers as the site expects them. */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  site: Site,
  doorHost: string,
): Record<string, string | string[]> {
  const back = toSite(site, doorHost);
  const result: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ofConnection.has(name) || untrusted.test(name)) continue;
    result[name] = typeof value === "string" ? rewritten(value, back) : value;
  }
  result["host"] = originOf(site).replace(/^https?:\/\//, "");
  // Text is rewritten, and a connection on one machine needs no compression.
  result["accept-encoding"] = "identity";
  return result;
}

/** Keeps a cookie that a page on loopback without TLS may set. */
export function cookieForDoor(cookie: string): string {
  const [value = "", ...attributes] = cookie.split(";");
  const kept = attributes.filter((each) => !/^\s*(?:domain=|secure\s*$|samesite=none)/i.test(each));
  return [value, ...kept].join(";");
}

function policyForDoor(policy: string, { names }: Site, origin: string): string {
  const host = origin.replace(/^https?:\/\//, "");
  return rewritten(policy, { names, origin })
    .split(";")
    .filter((each) => !/^\s*(?:upgrade-insecure-requests|block-all-mixed-content)\s*$/i.test(each))
    .map((each) => each.replaceAll(/(?<=\s)\S+/g, (source) => (names.includes(source) ? host : source)))
    .join(";");
}

/**
 * The site's own headers with the door's addresses.
 * @param isRewritten whether the body changes, and so its length
 */
export function responseHeaders(
  headers: IncomingHttpHeaders,
  site: Site,
  origin: string,
  isRewritten: boolean,
): OutgoingHttpHeaders {
  const result: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ofConnection.has(name)) continue;
    if (isRewritten && ofBody.has(name)) continue;
    // A browser would use HTTPS for the door, which has none.
    if (name === "strict-transport-security" || name === "alt-svc") continue;
    if (name === "set-cookie") result[name] = [value].flat().map(cookieForDoor);
    else if (name.startsWith("content-security-policy")) {
      result[name] = policyForDoor(String(value), site, origin);
    } else result[name] = typeof value === "string" ? rewritten(value, toDoor(site, origin)) : value;
  }
  return result;
}

const textTypes =
  /^(?:text\/|application\/(?:(?:[\w.]+\+)?(?:json|xml)|(?:x-)?javascript|ecmascript|x-www-form-urlencoded|manifest\+json)|image\/svg\+xml)/i;

/** Whether a body has addresses that a browser would open. A download keeps the site's own. */
export function hasAddresses(headers: IncomingHttpHeaders, status: number): boolean {
  if (status === 206 || /^attachment/i.test(headers["content-disposition"] ?? "")) return false;
  return textTypes.test(headers["content-type"] ?? "");
}
