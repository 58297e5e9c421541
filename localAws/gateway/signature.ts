import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  /** The request target: path and query, still encoded. */
  readonly target: string;
  /** Names and values in turn, as in Node.js's `rawHeaders`. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

/** The parts of an `Authorization` header of Signature Version 4. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Lower-case names, in the order of the header. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
}

/** AWS accepts a clock that differs by so much. */
const clockToleranceMilliseconds = 15 * 60_000;

const authorizationForm =
  /^AWS4-HMAC-SHA256\s+Credential=([A-Za-z0-9]{16,128})\/(\d{8})\/([a-z0-9-]{1,40})\/([a-z0-9-]{1,40})\/aws4_request\s*,\s*SignedHeaders=([a-z0-9;_-]+)\s*,\s*Signature=([0-9a-f]{64})$/;

/** Parses the header; undefined when it is no Signature Version 4. */
export function parseAuthorization(header: string): Authorization | undefined {
  const [, accessKeyId, date, region, service, signed, signature] = authorizationForm.exec(header) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined) return undefined;
  if (service === undefined || signed === undefined || signature === undefined) return undefined;
  return { accessKeyId, date, region, service, signedHeaders: signed.split(";"), signature };
}

/** Why a request is refused. */
export type SignatureProblem = "signature" | "clock" | "body";

/**
 * Checks a request against a secret key, as AWS does: method, path, query, signed headers, body and time.
 * @returns undefined when the request is right
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function problemWith(
  request: SignedRequest,
  authorization: Authorization,
  secret: string,
  now: Date,
): SignatureProblem | undefined {
  const headers = headersOf(request.rawHeaders);
  const at = headers.get("x-amz-date") ?? "";
  const time = timeOf(at);
  if (!authorization.signedHeaders.includes("host") || !at.startsWith(authorization.date)) return "signature";
  if (time === undefined || Math.abs(now.getTime() - time) > clockToleranceMilliseconds) return "clock";
  const bodyHash = sha256(request.body);
  const given = headers.get("x-amz-content-sha256") ?? bodyHash;
  if (/^[0-9a-f]{64}$/.test(given) && given !== bodyHash) return "body";
  const { date, region, service } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const canonical = canonicalRequest(request, authorization, headers, given);
  const text = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Uint8Array | string>(hmac, `AWS4${secret}`);
  const expected = hmac(key, text);
  return timingSafeEqual(expected, Buffer.from(authorization.signature, "hex")) ? undefined : "signature";
}

function canonicalRequest(
  { method, target }: SignedRequest,
  { service, signedHeaders }: Authorization,
  headers: ReadonlyMap<string, string>,
  bodyHash: string,
): string {
  const [path, query] = splitOnce(target, "?");
  return [
    method,
    service === "s3" ? path : path.split("/").map(encoded).join("/"),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headers.get(name) ?? ""}`),
    "",
    signedHeaders.join(";"),
    bodyHash,
  ].join("\n");
}

/** The query's parameters, encoded in one way and sorted. */
function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .map((parameter) => splitOnce(parameter, "=").map((part) => encoded(decodedPart(part))))
    .map(([name = "", value = ""]) => [name, value] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A text that is no valid encoding stays: its signature then differs. */
function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Percent encoding of everything but RFC 3986's unreserved characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Each header's values, trimmed and joined, by its lower-case name. */
function headersOf(raw: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = (raw[index + 1] ?? "").trim().replaceAll(/ +/g, " ");
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

/** Milliseconds since 1970 of `20260302T090000Z`. */
function timeOf(text: string): number | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const time = iso === text ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
