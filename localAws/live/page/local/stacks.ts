import path from "node:path";

import { emulatorApi } from "../../../emulator";
import { emulatorReaders } from "../reading/clients";
import { discover, type WatchedStack } from "../reading/names";
import { localPace } from "../reading/reader";
import type { PageStack, Stacks } from "../server/server";
import { makeWatch, type Watch } from "../watch";
import { localActions } from "./actions";
import { paceSentences } from "./pace";
import { regionLink } from "./region";

export interface LocalStacksOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** The socket of the region's own API; undefined when the run only records: then there is nothing to load or cut. */
  readonly controlSocket: string | undefined;
  /** Keeps the sizes of paused groups. */
  readonly folder: string;
  /** How many seconds one minute of CloudWatch takes; 60 is AWS's. */
  readonly secondsPerMinute: number;
  /** The site's address on loopback, if it is known. */
  readonly siteUrl?: (stack: WatchedStack & { readonly accountId: string }) => string | null;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** The stacks of an emulator: each is in an account of its own. */
export function localStacks(options: LocalStacksOptions): Stacks & { readonly stop: () => void } {
  const known = new Map<string, PageStack & { readonly name: string }>();
  const api = emulatorApi(options.endpoint);

  const look = async (): Promise<void> => {
    const { changes } = await api.health();
    const places = changes.filter(({ autoscaling }) => autoscaling > 0);
    for (const { accountId, region } of places) {
      const key = `${accountId} ${region}`;
      if (known.has(key)) continue;
      const stack = await discover(
        emulatorReaders({ endpoint: options.endpoint, accountId, region }),
        region,
      );
      if (stack !== undefined)
        known.set(key, { name: stack.stack, ...open(options, { accountId, region }, stack.stack) });
    }
  };

  return {
    names: async () => {
      await look();
      return [...known.values()].map(({ name }) => name).sort();
    },
    find: async (name) => {
      const find = () => [...known.values()].find((stack) => stack.name === name);
      if (find() === undefined) await look();
      return find();
    },
    stop: () => {
      for (const { watch } of known.values()) watch.stop();
    },
  };
}

/** Opens a stack once: its page remembers what it saw, also while the stack is rebuilt. */
function open(options: LocalStacksOptions, place: Place, name: string): PageStack {
  const { endpoint, controlSocket, folder, secondsPerMinute, siteUrl } = options;
  const readers = emulatorReaders({ endpoint, ...place });
  const region = controlSocket === undefined ? undefined : regionLink(controlSocket, place.accountId);
  const watch: Watch = makeWatch({
    about: { stack: name, region: place.region, where: "local", pace: paceSentences(secondsPerMinute) },
    readers,
    locate: async () => {
      const stack = await discover(readers, place.region);
      return stack && { ...stack, siteUrl: siteUrl?.({ ...stack, accountId: place.accountId }) ?? null };
    },
    pace: localPace,
    region,
  });
  const actions =
    region === undefined
      ? undefined
      : localActions({ readers, region, folder: path.join(folder, place.accountId), state: watch.state });
  return { watch, actions };
}
