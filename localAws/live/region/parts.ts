import { join } from "node:path";

import { openCgroups } from "../box/cgroups";
import { cachedImages } from "../images/images";
import { makeInfra } from "../images/infra";
import { mirrors } from "../images/mirror";
import { Machines } from "../machines/machines";
import { Metadata } from "../machines/metadata";
import { startMeter } from "../machines/meter";
import { Network } from "../network/network";
import { Authority } from "../services/authority";
import { AwsEndpoints } from "../services/awsEndpoints";
import { Databases } from "../services/databases";
import { FileSystems } from "../services/fileSystem";
import { HealthChecks } from "../services/healthChecks";
import { LoadBalancers } from "../services/loadBalancer/loadBalancers";
import { Mailbox } from "../services/mailbox";
import type { World } from "../world";
import type { RegionConfig } from "./config";
import { machineRoutes } from "./machineRoutes";
import type { Part, PartContext, Routes } from "./part";

export interface Parts {
  /** In the order in which a new world reaches them: the network first, because all others attach to it. */
  readonly parts: readonly Part[];
  readonly routes: Routes;
}

/** The services of the region, connected with each other. @throws Error when the images are not there */
export async function makeParts(config: RegionConfig, context: PartContext): Promise<Parts> {
  const images = await cachedImages();
  if (images === undefined)
    throw new Error("The images are not there; `npm run local -- --live` makes them.");
  const [infra, authority] = await Promise.all([
    makeInfra(images.infra, context.folder),
    Authority.open(join(context.folder, "authority")),
  ]);
  const network = new Network({
    nft: infra.command("nft"),
    registries: async () => ({ socket: join(context.sockets, "packages.sock"), ...(await mirrors()) }),
    log: context.log,
  });
  const services = { context, authority, network };
  const machines = new Machines({
    context,
    network,
    images,
    cgroups: openCgroups(config.cgroups),
    trusted: authority.bundle,
  });
  const metadata = new Metadata();
  network.onMetadata(metadata.handle);
  const meter = startMeter({ machines: () => machines.metered(), report: context.report, log: context.log });
  const parts: readonly Part[] = [
    network,
    // Before the machines, which ask it from their first second on.
    partOf("metadata", (world) => {
      metadata.update(world);
    }),
    new AwsEndpoints({ ...services, secretOf: (token) => metadata.secretOf(token) }),
    new FileSystems({ ...services, share: async (...of) => await machines.share(...of) }),
    new Databases({ ...services, image: images.infra }),
    machines,
    new LoadBalancers({ ...services, image: images.infra, secondsPerMinute: config.secondsPerMinute }),
    new HealthChecks({ context, resolve: (name) => network.lookupPublic(name) }),
    new Mailbox(context),
    partOf(
      "meter",
      () => undefined,
      () => meter.stop(),
    ),
  ];
  const own: Routes = {
    "GET /authority": () => ({ text: authority.certificate }),
    "GET /dns": ({ query }) => ({
      json: { addresses: network.lookupPublic(query.get("name") ?? "") },
    }),
    ...machineRoutes(machines),
  };
  return { parts, routes: { ...own, ...mergeRoutes(parts) } };
}

function partOf(
  name: string,
  update: (world: World) => void,
  stop = (): Promise<void> => Promise.resolve(),
): Part {
  return {
    name,
    reconcile: (world) => {
      update(world);
      return Promise.resolve();
    },
    stop,
  };
}

function mergeRoutes(parts: readonly Part[]): Routes {
  return Object.fromEntries(parts.flatMap(({ routes = {} }) => Object.entries(routes)));
}
