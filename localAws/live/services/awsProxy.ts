import {
  Agent,
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

import { signedService, signingNameOfHost, trustStoreHost } from "./awsNames";

/** What an endpoint answers beside the emulator. */
export interface AwsProxyOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** PEM: the certificate authorities of RDS. */
  readonly bundle: string;
}

/** An HTTP server for connections whose TLS has ended here: AWS's endpoints, answered by the emulator. */
export function awsProxy({ endpoint, bundle }: AwsProxyOptions): Server {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  return createServer((request, response) => {
    const host = (request.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
    if (host === trustStoreHost) serveTrustStore(request, response, bundle);
    else if (isForOther(request, host)) refuse(request, response, host);
    else {
      const { method, url: path, headers } = request;
      const upstream = forward({ hostname, port, method, path, headers, agent, setHost: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      upstream.on("error", (error) => {
        if (!response.headersSent) response.writeHead(503, { "content-type": "text/plain" });
        response.end(`The emulator does not answer: ${error.message}`);
      });
      response.once("close", () => upstream.destroy());
      request.pipe(upstream);
    }
  });
}

/** A signature is valid for one service: a host of one service does not answer calls to another. */
function isForOther({ headers }: IncomingMessage, host: string): boolean {
  const signed = signedService(headers.authorization);
  return signed !== undefined && signed !== signingNameOfHost(host);
}

function refuse(request: IncomingMessage, response: ServerResponse, host: string): void {
  request.resume();
  const message = `Credential should be scoped to correct service: '${signingNameOfHost(host)}'.`;
  response
    .writeHead(403, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": "InvalidSignatureException",
    })
    .end(JSON.stringify({ __type: "InvalidSignatureException", message }));
}

/** `/REGION/REGION-bundle.pem` and `/global/global-bundle.pem`. */
function serveTrustStore(request: IncomingMessage, response: ServerResponse, bundle: string): void {
  const match = /^\/([a-z0-9-]+)\/([a-z0-9-]+)-bundle\.pem$/.exec(request.url ?? "");
  if (request.method === "GET" && match !== null && match[1] === match[2]) {
    response.writeHead(200, { "content-type": "application/x-pem-file" }).end(bundle);
  } else {
    response.writeHead(403).end();
  }
}
