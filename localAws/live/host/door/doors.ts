import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../../../cli/failure";
import { parseJson } from "../../../../cli/json";
import { worldSchema, type World } from "../../world";
import { openDoor, type Door } from "./door";
import { SitePorts } from "./sitePorts";
import { sitesOf, type Site } from "./sites";
import type { UpstreamOptions } from "./upstream";

export interface DoorsOptions extends Omit<UpstreamOptions, "site"> {
  /** The emulator's address. */
  readonly endpoint: string;
  /** The file that keeps the sites' ports. */
  readonly portsFile: string;
  readonly log: (line: string) => void;
  /** Called after each change. */
  readonly changed: (sites: readonly { readonly host: string; readonly url: string }[]) => void;
}

const firstPort = 8080;
const waitSeconds = 5;
const retryMilliseconds = 1_000;

interface Opened {
  readonly door: Door;
  readonly site: Site;
}

/** Opens a door for each load balancer that faces the internet, and closes it with its load balancer. */
export function startDoors(options: DoorsOptions): { readonly close: () => void } {
  const stopped = new AbortController();
  const isStopped = (): boolean => stopped.signal.aborted;
  const opened = new Map<string, Opened>();
  const ports = new SitePorts(options.portsFile);

  /** Opens a door at the port that the site had before this process, if that is free. */
  const open = async (site: Site): Promise<Door> => {
    const port = ports.of(site.loadBalancerArn);
    const door = await openDoor({ ...options, site, port: port ?? firstPort });
    if (port !== undefined && portOf(door) !== port) {
      options.log(
        `door: another program uses port ${port}, where ${site.host} was; the site is at ${door.url} now and stays there.`,
      );
    }
    return door;
  };

  const apply = async (world: World): Promise<void> => {
    const sites = sitesOf(world);
    const there = new Set(sites.map((each) => each.loadBalancerArn));
    const before = listOf(opened);
    for (const [arn, { door }] of opened) {
      if (there.has(arn)) continue;
      opened.delete(arn);
      door.close();
    }
    for (const site of sites) {
      const known = opened.get(site.loadBalancerArn);
      known?.door.update(site);
      const door = known?.door ?? (await open(site));
      opened.set(site.loadBalancerArn, { door, site });
    }
    const after = listOf(opened);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    ports.keep(Object.fromEntries([...opened].map(([arn, { door }]) => [arn, portOf(door)])));
    options.changed(after);
  };

  const follow = async (): Promise<void> => {
    let number = -1;
    while (!isStopped()) {
      try {
        const world = await nextWorld(options.endpoint, number, stopped.signal);
        if (world.number !== number) await apply(world);
        number = world.number;
      } catch (error) {
        if (isStopped()) break;
        options.log(`door: ${messageOf(error)}`);
        await sleep(retryMilliseconds);
      }
    }
    for (const { door } of opened.values()) door.close();
  };
  void follow();
  return {
    close: () => {
      stopped.abort();
    },
  };
}

function portOf({ url }: Door): number {
  return Number(new URL(url).port);
}

function listOf(opened: ReadonlyMap<string, Opened>) {
  return [...opened.values()].map(({ door, site }) => ({ host: site.dnsName, url: door.url }));
}

async function nextWorld(endpoint: string, after: number, signal: AbortSignal): Promise<World> {
  const response = await fetch(new URL(`/_local/world?after=${after}&wait=${waitSeconds}`, endpoint), {
    signal,
  });
  const text = await response.text();
  const world = parseJson(worldSchema, text);
  if (world === undefined) throw new Error(`The emulator's state is not readable: ${text.slice(0, 200)}`);
  return world;
}
