import { setTimeout as sleep } from "node:timers/promises";

import { parseJson, z } from "../../../../cli/json";
import type { ControlClient } from "../../host/control";
import type { Mail } from "../model/page";
import { regionEntry } from "../model/regionEntry";
import type { RegionView } from "../watch";

const eventSchema = z.object({
  number: z.int(),
  at: z.number(),
  kind: z.string(),
  id: z.string(),
  text: z.string(),
});

const mailSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  at: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});

const reconnectMilliseconds = 2_000;

/** The region's events and the mail of one account, from the region's own API. */
export function regionView(control: ControlClient, accountId: string): RegionView {
  return {
    listen: (listener) => {
      const stop = new AbortController();
      void follow(control, listener, stop.signal);
      return () => {
        stop.abort();
      };
    },
    mail: async () => ofAccount(await control.get("/mail", z.array(mailSchema)), accountId),
  };
}

/** Newest first. */
function ofAccount(all: readonly z.output<typeof mailSchema>[], accountId: string): readonly Mail[] {
  return all
    .filter((mail) => mail.accountId === accountId)
    .map(({ id, at, from, to, subject, text }) => ({ id, at, from, to, subject, text }))
    .sort((one, other) => other.at - one.at);
}

/** Reads the stream of events. After its end it connects again: a region that starts again has a new timeline. */
async function follow(
  control: ControlClient,
  listener: Parameters<RegionView["listen"]>[0],
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const stream = await control.stream("GET", "/events");
      stop.addEventListener("abort", () => stream.destroy(), { once: true });
      stream.setEncoding("utf8");
      let text = "";
      for await (const chunk of stream) {
        text += String(chunk);
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const event = parseJson(eventSchema, /^data: (.*)$/m.exec(block)?.[1] ?? "");
          if (event !== undefined) listener(regionEntry(event), event.id);
        }
      }
    } catch {
      // The region is starting, ending or killed: the page's mailbox reports it, and this asks again.
    }
    await sleep(reconnectMilliseconds, undefined, { ref: false });
  }
}
