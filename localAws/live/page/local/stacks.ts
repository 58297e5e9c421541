import path from "node:path";

import { emulatorApi, type EmulatorHealth } from "../../../emulator";
import type { ControlClient } from "../../host/control";
import { emulatorReaders } from "../reading/clients";
import { discover, type WatchedStack } from "../reading/names";
import { localPace } from "../reading/reader";
import type { PageStack, Stacks } from "../server/server";
import { makeWatch } from "../watch";
import { localActions } from "./actions";
import { regionView } from "./region";

export interface LocalStacksOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** The region's own API. */
  readonly control: ControlClient;
  /** Keeps the sizes of paused groups. */
  readonly folder: string;
  /** The site's address on loopback by the DNS name of its load balancer, if it has one. */
  readonly siteUrl?: ((host: string) => string | undefined) | undefined;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A second and a minute of CloudWatch are AWS's, without a pace of the account's own. */
const awsSecondsPerMinute = 60;

/** The stacks of an emulator: each is in an account of its own. */
export function localStacks(options: LocalStacksOptions): Stacks & { readonly stop: () => void } {
  const known = new Map<string, PageStack & { readonly name: string }>();
  const api = emulatorApi(options.endpoint);

  const look = async (): Promise<void> => {
    const health = await api.health();
    for (const { accountId, region, autoscaling } of health.changes) {
      const key = `${accountId} ${region}`;
      if (autoscaling === 0 || known.has(key)) continue;
      const place = { accountId, region };
      const stack = await locate(options, place, health);
      if (stack !== undefined) known.set(key, { name: stack.stack, ...open(options, place, stack.stack) });
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
      for (const { watch } of known.values()) void watch.stop();
    },
  };
}

async function locate(
  { endpoint, siteUrl }: LocalStacksOptions,
  place: Place,
  { paces }: EmulatorHealth,
): Promise<WatchedStack | undefined> {
  const stack = await discover(emulatorReaders({ endpoint, ...place }), place.region);
  return (
    stack && {
      ...stack,
      siteUrl: siteUrl?.(stack.loadBalancerHost) ?? null,
      secondsPerMinute: paces[place.accountId] ?? awsSecondsPerMinute,
    }
  );
}

/** Opens a stack once: its page remembers what it saw, also while the stack is rebuilt. */
function open(options: LocalStacksOptions, place: Place, name: string): PageStack {
  const { endpoint, control, folder } = options;
  const readers = emulatorReaders({ endpoint, ...place });
  const api = emulatorApi(endpoint);
  const watch = makeWatch({
    about: { stack: name, region: place.region, where: "local" },
    readers,
    locate: async () => await locate(options, place, await api.health()),
    pace: localPace,
    region: regionView(control, place.accountId),
  });
  const kept = path.join(folder, place.accountId);
  return { watch, actions: localActions({ readers, control, folder: kept, state: watch.state }) };
}
