import { setTimeout as sleep } from "node:timers/promises";

import { parseJson } from "../../../cli/json";
import type { Report } from "../reports";
import { worldSchema, type World } from "../world";

export interface EmulatorLinkOptions {
  /** The emulator's address as seen here. */
  readonly endpoint: string;
  /** Identifies this region: the emulator holds states only while it asks. */
  readonly id: string;
  /** The memory that all machines together may use. */
  readonly budgetMiB: number;
  readonly log: (line: string) => void;
}

/** The connection between the region and the emulator. */
export interface EmulatorLink {
  /** Makes the emulator hold states until this region reports them. */
  readonly attach: () => Promise<void>;
  readonly detach: () => Promise<void>;
  /** The world after the change with this number; waits for a change, at most {@link waitSeconds}. */
  readonly nextWorld: (after: number) => Promise<World>;
  /** Adds a report to those that are sent in order. */
  readonly report: (report: Report) => void;
  /** Waits until every report was sent. */
  readonly flushed: () => Promise<void>;
  /** No report is sent after this. */
  readonly close: () => void;
}

const waitSeconds = 5;
const retryMilliseconds = 200;
/** Joins reports that are made at the same time. */
const gatherMilliseconds = 5;

export function linkEmulator({ endpoint, id, budgetMiB, log }: EmulatorLinkOptions): EmulatorLink {
  let waiting: Report[] = [];
  let sending: Promise<void> | undefined;
  let closed = false;

  const call = async (method: "GET" | "POST", path: string, body?: unknown): Promise<string> => {
    const response = await fetch(new URL(path, endpoint), {
      method,
      signal: AbortSignal.timeout((waitSeconds + 10) * 1_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text;
  };

  const send = async (): Promise<void> => {
    await sleep(gatherMilliseconds);
    while (waiting.length > 0 && !closed) {
      const batch = waiting;
      waiting = [];
      try {
        await call("POST", "/_local/reports", batch);
      } catch (error) {
        log(`reports: ${String(error)}`);
        waiting = [...batch, ...waiting];
        await sleep(retryMilliseconds);
      }
    }
    sending = undefined;
  };

  return {
    attach: async () => {
      await call("POST", "/_local/live", { id, budgetMiB });
    },
    detach: async () => {
      await call("POST", "/_local/live", { id, gone: true });
    },
    nextWorld: async (after) => {
      const text = await call("GET", `/_local/world?after=${after}&wait=${waitSeconds}&live=${id}`);
      const world = parseJson(worldSchema, text);
      // The details of a mismatch, which parseJson leaves out.
      return world ?? worldSchema.parse(JSON.parse(text));
    },
    report: (report) => {
      if (closed) return;
      waiting.push(report);
      sending ??= send();
    },
    flushed: async () => {
      await sending;
    },
    close: () => {
      closed = true;
    },
  };
}
