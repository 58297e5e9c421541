import { request as httpRequest, type IncomingMessage } from "node:http";

import { parseJson, z } from "../../../../cli/json";
import { regionEntry } from "../model/regionEntry";
import type { RegionView } from "../watch";
import { mailIn } from "./mail";

/** The live region's own API, on its Unix socket. */
export interface RegionLink extends RegionView {
  /** @throws Error with the region's message when it refuses */
  readonly post: (path: string) => Promise<void>;
}

const eventSchema = z.object({
  number: z.int(),
  at: z.number(),
  kind: z.string(),
  id: z.string(),
  text: z.string(),
});
const refusalSchema = z.object({ message: z.string() });

const timeoutMilliseconds = 30_000;
const reconnectMilliseconds = 2_000;

export function regionLink(socketPath: string, accountId: string): RegionLink {
  return {
    listen: (listener) => listenTo(socketPath, listener),
    mail: async () => mailIn(await ask(socketPath, "GET", `/mail?account=${accountId}`), accountId),
    post: async (path) => {
      await ask(socketPath, "POST", path);
    },
  };
}

async function ask(socketPath: string, method: "GET" | "POST", path: string): Promise<string> {
  const response = await send(socketPath, method, path, timeoutMilliseconds);
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += String(chunk);
  if (response.statusCode === 200) return text;
  throw new Error(
    parseJson(refusalSchema, text)?.message ??
      `The region answered ${String(response.statusCode)} to ${path}.`,
  );
}

function send(socketPath: string, method: string, path: string, timeout: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath, method, path, ...(timeout === 0 ? {} : { timeout }) }, resolve);
    request.once("timeout", () =>
      request.destroy(new Error(`The region did not answer ${path} in ${String(timeout / 1000)} s.`)),
    );
    request.once("error", reject);
    request.end();
  });
}

/** Reads the stream of events, and connects again after its end with what is new. */
function listenTo(socketPath: string, listener: Parameters<RegionView["listen"]>[0]): () => void {
  let after = 0;
  let stream: IncomingMessage | undefined;
  let stopped = false;

  const read = async (): Promise<void> => {
    stream = await send(socketPath, "GET", `/events?after=${String(after)}`, 0);
    stream.setEncoding("utf8");
    let text = "";
    for await (const chunk of stream) {
      text += String(chunk);
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parseJson(eventSchema, /^data: (.*)$/m.exec(block)?.[1] ?? "");
        if (event === undefined) continue;
        after = event.number;
        listener(regionEntry(event), event.id);
      }
    }
  };
  const again = (): void => {
    if (stopped) return;
    setTimeout(loop, reconnectMilliseconds).unref();
  };
  const loop = (): void => {
    // A region that does not run refuses; the page shows it by what it does not answer about.
    read().then(again, again);
  };
  loop();
  return () => {
    stopped = true;
    stream?.destroy();
  };
}
