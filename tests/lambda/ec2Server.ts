import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** How the server answers one request. */
export type Answer =
  | { readonly status?: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** Closes the connection before or within the response, or never answers. */
  | "reset"
  | "resetInBody"
  | "silence"
  | "silenceInBody";

/** A server on the loopback address that answers a few requests as EC2 would and refuses all others. */
export interface Ec2Server {
  /** Lambda's environment variables with this server as the endpoint. */
  readonly environment: Readonly<Record<string, string>>;
  /** The requests' forms, in order. */
  readonly forms: readonly URLSearchParams[];
  /** The requests' headers, in order. */
  readonly headers: readonly Readonly<Record<string, unknown>>[];
  readonly close: () => Promise<void>;
}

export async function startEc2Server(answers: readonly Answer[]): Promise<Ec2Server> {
  const forms: URLSearchParams[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];
  const server = createServer((request, response) => {
    // A client that gives up closes the connection.
    request.on("error", () => undefined);
    text(request).then(
      (body) => {
        const form = new URLSearchParams(body);
        const problem = problemOf(request, form);
        const unexpected = { status: 400, body: ec2Refusal("NotExpected", problem ?? body) };
        send(response, problem === undefined ? (answers[forms.length] ?? unexpected) : unexpected);
        forms.push(form);
        headers.push(request.headers);
      },
      () => undefined,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${String(port)}`,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "123456789012",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
    },
    forms,
    headers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const signature =
  /^AWS4-HMAC-SHA256 Credential=123456789012\/\d{8}\/eu-central-1\/ec2\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/;

/** What EC2 would refuse in a request, whatever its action. */
function problemOf({ method, url, headers }: IncomingMessage, form: URLSearchParams): string | undefined {
  const expectations = {
    "the method is POST": method === "POST",
    "the path is /": url === "/",
    "the body is a form": headers["content-type"] === "application/x-www-form-urlencoded",
    "the version is 2016-11-15": form.get("Version") === "2016-11-15",
    "the session token is sent": headers["x-amz-security-token"] === "token",
    "the signature is for EC2 in the region": signature.test(headers.authorization ?? ""),
  };
  return Object.entries(expectations).find(([, isMet]) => !isMet)?.[0];
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === "silence") return;
  if (answer === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  if (typeof answer === "object") {
    response.writeHead(answer.status ?? 200, { "content-type": "text/xml", ...answer.headers });
    response.end(answer.body);
    return;
  }
  response.writeHead(200, { "content-type": "text/xml", "content-length": "1000" });
  response.write("<DescribeInstancesResponse>", () => {
    if (answer === "resetInBody") response.socket?.resetAndDestroy();
  });
}

/** An error in EC2's XML. */
export function ec2Refusal(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>1</RequestID></Response>`;
}
