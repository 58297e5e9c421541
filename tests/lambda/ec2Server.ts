import { createServer } from "node:http";
import { text } from "node:stream/consumers";

export interface Answer {
  readonly status?: number;
  readonly body: string;
}

/** An EC2 of a few prepared answers, on a port of this machine; it refuses every call beyond them. */
export interface Ec2Server {
  /** What Lambda's environment says of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The bodies that were sent to it, in order. */
  readonly forms: readonly URLSearchParams[];
  /** The headers of those, in order. */
  readonly headers: readonly Readonly<Record<string, unknown>>[];
  readonly close: () => Promise<void>;
}

export async function startEc2Server(answers: readonly Answer[]): Promise<Ec2Server> {
  const forms: URLSearchParams[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers[forms.length] ?? { status: 400, body: ec2Refusal("NotExpected", body) };
      forms.push(new URLSearchParams(body));
      headers.push(request.headers);
      response.writeHead(answer.status ?? 200, { "content-type": "text/xml" }).end(answer.body);
    });
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

/** An error as EC2 writes it. */
export function ec2Refusal(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>1</RequestID></Response>`;
}
