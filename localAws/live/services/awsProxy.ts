import {
  Agent,
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

import { messageOf } from "../../../cli/failure";
import { signedService, signingNameOfHost, trustStoreHost } from "./awsNames";
import { refusalOf, type ReceivedRequest, type Refusal } from "./signature";

/** What an endpoint answers beside the emulator. */
export interface AwsProxyOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** PEM: the certificate authorities of RDS. */
  readonly bundle: string;
  /** The secret key of an instance's session token. The emulator itself accepts every signature. */
  readonly secretOf: (sessionToken: string) => string | undefined;
}

/** The largest request of AWS's services is an e-mail of 40 MB. */
const maxBytes = 40_000_000;

const messages: Readonly<Record<NonNullable<Refusal>, string>> = {
  InvalidClientTokenId: "The security token included in the request is invalid.",
  IncompleteSignature: "The request has no complete signature of version 4.",
  SignatureDoesNotMatch:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  RequestExpired: "Signature expired: the time of the request is not within 5 minutes of now.",
};

/** An HTTP server for connections whose TLS has ended here: AWS's endpoints, answered by the emulator. */
export function awsProxy(options: AwsProxyOptions): Server {
  const agent = new Agent({ keepAlive: true });
  return createServer((request, response) => {
    answer(options, agent, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(503, { "content-type": "text/plain" });
      response.end(messageOf(error));
    });
  });
}

async function answer(
  { endpoint, bundle, secretOf }: AwsProxyOptions,
  agent: Agent,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = (incoming.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
  const body = await bodyOf(incoming);
  const request = {
    method: incoming.method ?? "",
    url: incoming.url ?? "/",
    headers: incoming.headers,
    body,
  };
  if (host === trustStoreHost) {
    serveTrustStore(request, response, bundle);
    return;
  }
  const signed = signedService(request.headers.authorization);
  // A signature is valid for one service: a host of one service does not answer calls to another.
  if (signed !== undefined && signed !== signingNameOfHost(host)) {
    const message = `Credential should be scoped to correct service: '${signingNameOfHost(host)}'.`;
    refuse(response, "SignatureDoesNotMatch", message);
    return;
  }
  const refusal =
    request.headers["x-amz-security-token"] === undefined ? undefined : await refusalOf(request, secretOf);
  if (refusal === undefined) await pass(request, response, endpoint, agent);
  else refuse(response, refusal, messages[refusal]);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return await new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) reject(new Error(`The request has more than ${maxBytes} bytes.`));
    });
    request.once("error", reject);
    request.once("end", () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

async function pass(
  { method, url, headers, body }: ReceivedRequest,
  response: ServerResponse,
  endpoint: string,
  agent: Agent,
): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  const kept = Object.entries(headers).filter(([name]) => name !== "transfer-encoding");
  const sent = { ...Object.fromEntries(kept), "content-length": String(body.length) };
  await new Promise<void>((resolve, reject) => {
    const upstream = forward(
      { hostname, port, method, path: url, headers: sent, agent, setHost: false },
      (got) => {
        response.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(response);
        got.once("error", reject);
        response.once("close", resolve);
      },
    );
    upstream.once("error", reject);
    upstream.end(body);
  });
}

function refuse(response: ServerResponse, code: NonNullable<Refusal>, message: string): void {
  response
    .writeHead(403, { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code })
    .end(JSON.stringify({ __type: code, message }));
}

/** `/REGION/REGION-bundle.pem` and `/global/global-bundle.pem`. */
function serveTrustStore({ method, url }: ReceivedRequest, response: ServerResponse, bundle: string): void {
  const match = /^\/([a-z0-9-]+)\/([a-z0-9-]+)-bundle\.pem$/.exec(url);
  if (method === "GET" && match !== null && match[1] === match[2]) {
    response.writeHead(200, { "content-type": "application/x-pem-file" }).end(bundle);
  } else {
    response.writeHead(403).end();
  }
}
