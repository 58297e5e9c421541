import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";

/** A fault of AWS that concerns some calls. */
export type Fault = "hangs" | "throttles" | "refuses";

/** An AWS in front of the emulator with a fault for the calls whose body or path contains a text. */
export interface FaultyAws {
  readonly endpoint: string;
  /** How many requests had the fault. */
  readonly faults: () => number;
  readonly close: () => Promise<void>;
}

const errors = {
  throttles: ["Throttling", "Rate exceeded"],
  refuses: ["AccessDenied", "User is not authorized to perform this call"],
} as const;

export async function startFaultyAws(endpoint: string, fault: Fault, text: string): Promise<FaultyAws> {
  let faults = 0;
  const server = createServer((asked, answer) => {
    void readAll(asked).then((body) => {
      if (!`${asked.url ?? ""} ${body.toString()}`.includes(text)) {
        forward(endpoint, asked, body, answer);
        return;
      }
      faults += 1;
      if (fault === "hangs") return;
      const [code, message] = errors[fault];
      answer.writeHead(fault === "throttles" ? 400 : 403, { "content-type": "text/xml" });
      answer.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    faults: () => faults,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function forward(endpoint: string, asked: IncomingMessage, body: Buffer, answer: ServerResponse): void {
  const { method, headers, url = "/" } = asked;
  request(new URL(url, endpoint), { method, headers }, (given) => {
    answer.writeHead(given.statusCode ?? 500, given.headers);
    given.pipe(answer);
  }).end(body);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks);
}
