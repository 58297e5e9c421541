import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A request whose body has arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** AWS's reason to refuse a request; `undefined`: the signature is valid. */
export type Refusal =
  "InvalidClientTokenId" | "IncompleteSignature" | "SignatureDoesNotMatch" | "RequestExpired" | undefined;

/** AWS allows for clocks that differ by this much. */
const maxSkewMilliseconds = 5 * 60_000;
const credential = /Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/**
 * Whether the AWS SDK creates the same signature for the request.
 * @param secretOf the secret key of a session token; `undefined` for a token that is unknown or has expired
 */
export async function refusalOf(
  request: ReceivedRequest,
  secretOf: (sessionToken: string) => string | undefined,
  now = Date.now(),
): Promise<Refusal> {
  const { authorization = "", ...headers } = request.headers;
  const sessionToken = textOf(headers["x-amz-security-token"]);
  const secretAccessKey = secretOf(sessionToken);
  if (secretAccessKey === undefined) return "InvalidClientTokenId";
  const [, accessKeyId, , region, service] = credential.exec(authorization) ?? [];
  const names = /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1]?.split(";");
  const signedAt = timeOf(textOf(headers["x-amz-date"]));
  if (
    accessKeyId === undefined ||
    region === undefined ||
    service === undefined ||
    names === undefined ||
    signedAt === undefined ||
    !names.includes("host")
  ) {
    return "IncompleteSignature";
  }
  if (Math.abs(now - signedAt) > maxSkewMilliseconds) return "RequestExpired";
  // The signer takes the hash of the body from this header.
  const hash = textOf(headers["x-amz-content-sha256"]);
  if (/^[0-9a-f]{64}$/.test(hash) && hash !== createHash("sha256").update(request.body).digest("hex")) {
    return "SignatureDoesNotMatch";
  }
  const { pathname, searchParams } = new URL(request.url, "https://host");
  const signer = new SignatureV4({
    service,
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    sha256: Sha256,
    applyChecksum: false,
    // S3 alone signs a path as it is.
    uriEscapePath: service !== "s3",
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: "https:",
      hostname: textOf(headers.host),
      path: pathname,
      query: Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)])),
      headers: Object.fromEntries(names.map((name) => [name, textOf(headers[name])])),
      body: request.body,
    },
    { signingDate: new Date(signedAt), signableHeaders: new Set(names) },
  );
  return signatureIn(signed.headers["authorization"]) === signatureIn(authorization)
    ? undefined
    : "SignatureDoesNotMatch";
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(",") : (header ?? "");
}

function signatureIn(authorization: string | undefined): string | undefined {
  return /Signature=([0-9a-f]{64})/.exec(authorization ?? "")?.[1];
}

/** Milliseconds of `20261130T101112Z`. */
function timeOf(date: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
