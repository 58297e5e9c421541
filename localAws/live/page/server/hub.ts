import type { ServerResponse } from "node:http";

import type { Change } from "../model/change";
import type { Watch } from "../watch";

/** Sends one stack's page to its browsers as server-sent events. */
export interface Hub {
  /** @param lastEventId of a browser that connects again */
  readonly connect: (response: ServerResponse, lastEventId: string | undefined) => void;
  readonly close: () => void;
}

/** What every connection gets first. */
export interface Hello {
  /** Identifies the server's process. */
  readonly boot: string;
  /** The page's own files; a page with other files loads itself again. */
  readonly version: string;
  /** Sent back with every action; null where there are none. */
  readonly token: string | null;
}

/** A browser that was away for longer gets the whole page. */
const keptChanges = 200;
const heartbeatMilliseconds = 15_000;
/** A browser that does not read is disconnected; it connects again by itself. */
const maxWaitingBytes = 8_000_000;

export function makeHub(watch: Watch, hello: Hello): Hub {
  let number = 0;
  const changes: { readonly number: number; readonly change: Change }[] = [];
  const responses = new Set<ServerResponse>();
  let unfollow: (() => void) | undefined;

  const send = (response: ServerResponse, event: string, data: unknown, id?: number): void => {
    const line = id === undefined ? "" : `id: ${hello.boot}-${String(id)}\n`;
    response.write(`event: ${event}\n${line}data: ${JSON.stringify(data)}\n\n`);
    if (response.writableLength > maxWaitingBytes) response.destroy();
  };
  const heartbeat = setInterval(() => {
    for (const response of responses) response.write(": still here\n\n");
  }, heartbeatMilliseconds);
  heartbeat.unref();

  const onChange = (change: Change): void => {
    number += 1;
    changes.push({ number, change });
    if (changes.length > keptChanges) changes.shift();
    for (const response of responses) send(response, "change", { now: Date.now(), change }, number);
  };

  /** The missed changes; undefined when they are not all known. */
  const missedSince = (lastEventId: string | undefined) => {
    const [, boot, last] = /^(.*)-(\d+)$/.exec(lastEventId ?? "") ?? [];
    if (boot !== hello.boot || last === undefined) return undefined;
    const first = changes[0]?.number ?? number + 1;
    return Number(last) + 1 < first ? undefined : changes.filter((each) => each.number > Number(last));
  };

  return {
    connect: (response, lastEventId) => {
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
      });
      send(response, "hello", hello);
      // The first change that a new follower gets is the whole page.
      unfollow ??= watch.follow(onChange);
      const missed = missedSince(lastEventId);
      const state = watch.state();
      if (missed !== undefined) {
        for (const each of missed)
          send(response, "change", { now: Date.now(), change: each.change }, each.number);
      } else if (state !== undefined) {
        send(response, "state", { now: Date.now(), change: state }, number);
      }
      responses.add(response);
      response.once("close", () => {
        responses.delete(response);
        if (responses.size > 0) return;
        unfollow?.();
        unfollow = undefined;
      });
    },
    close: () => {
      clearInterval(heartbeat);
      unfollow?.();
      for (const response of responses) response.end();
    },
  };
}
