import { createServer, type Server } from "node:http";

/** Passes requests to the emulator, and keeps the names of the calls. */
export async function recordingProxy(endpoint: string, calls: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      calls.push(nameOf(request.headers, request.method ?? "", request.url ?? "", body.toString()));
      const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === "string" && name !== "connection" ? [[name, value]] : [],
      );
      fetch(new URL(request.url ?? "/", endpoint), {
        method: request.method ?? "GET",
        headers,
        ...(body.length === 0 ? {} : { body }),
      })
        .then(async (answer) => {
          const type = answer.headers.get("content-type");
          const smithy = answer.headers.get("smithy-protocol");
          response.writeHead(answer.status, {
            ...(type === null ? {} : { "content-type": type }),
            ...(smithy === null ? {} : { "smithy-protocol": smithy }),
          });
          response.end(Buffer.from(await answer.arrayBuffer()));
        })
        .catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

export function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${String(address.port)}`;
}

/** The call in a request: in the form, a header or the path, by the service's protocol. */
function nameOf(headers: NodeJS.Dict<string | string[]>, method: string, url: string, body: string): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1) ?? "";
  const operation = /\/operation\/(\w+)/.exec(url)?.[1];
  const action = new URLSearchParams(body).get("Action");
  // EFS has paths instead of names: reading is GET.
  return operation ?? action ?? (method === "GET" ? "GetByPath" : `${method} ${url}`);
}
