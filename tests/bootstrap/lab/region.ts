import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { makeCgroups } from "../../../localAws/live/box/cgroupPlace";
import { openCgroups } from "../../../localAws/live/box/cgroups";
import { run } from "../../../localAws/live/command";
import type { Images } from "../../../localAws/live/images/images";
import { makeInfra } from "../../../localAws/live/images/infra";
import { mirrors } from "../../../localAws/live/images/mirror";
import type { MachineHost } from "../../../localAws/live/machines/host";
import { Metadata } from "../../../localAws/live/machines/metadata";
import type { Shares } from "../../../localAws/live/machines/shares";
import { Network } from "../../../localAws/live/network/network";
import type { Part } from "../../../localAws/live/region/part";
import type { Report, TargetHealth } from "../../../localAws/live/reports";
import { Authority } from "../../../localAws/live/services/authority";
import { AwsEndpoints } from "../../../localAws/live/services/awsEndpoints";
import { FileSystems } from "../../../localAws/live/services/fileSystem";
import { LoadBalancers } from "../../../localAws/live/services/loadBalancer/loadBalancers";
import type { Place } from "../../../localAws/live/world";
import { cgroupPrefix, labFolder, logFolder, proxySocket } from "../support/folders";
import { addresses, vpcId } from "./addresses";
import { interfaceAt, labPlace } from "./place";

/** The device of the lab's own process in the VPC. */
const labDevice = "vpc0";

/** The parts of a live region in this process's namespaces, with the lab's own place instead of an emulator's. */
export class LabRegion {
  /** What machines see as /efs, by their address. */
  readonly shares = new Map<string, Shares>();
  /** The health of targets by their group's ARN. */
  readonly health = new Map<string, Readonly<Record<string, TargetHealth>>>();
  private last: Promise<unknown> = Promise.resolve();
  private changes = 0;

  private constructor(
    readonly network: Network,
    readonly authority: Authority,
    readonly metadata: Metadata,
    readonly machineHost: Pick<MachineHost, "network" | "cgroups" | "trusted">,
    private readonly place: Place,
    private readonly parts: Part[] = [],
  ) {}

  /**
   * @param targets the names of the load balancer's servers
   * @param endpoint answers the calls to AWS that the endpoints take, with the secret keys of machines' session tokens
   */
  static async open(
    images: Images,
    targets: readonly string[],
    endpoint: (metadata: Metadata) => Promise<string>,
  ): Promise<LabRegion> {
    // Names of namespaces are files; they must be removed with this run.
    mkdirSync("/run/netns", { recursive: true });
    await run(["mount", "-t", "tmpfs", "tmpfs", "/run/netns"]);
    const authority = await Authority.open(join(labFolder, "authority"));
    const infra = await makeInfra(images.infra, labFolder);
    const network = new Network({
      nft: infra.command("nft"),
      registries: async () => ({ socket: proxySocket, ...(await mirrors()) }),
      log: console.error,
    });
    const metadata = new Metadata();
    network.onMetadata(metadata.handle);
    const cgroups = openCgroups(makeCgroups(`${cgroupPrefix}${process.ppid}-${Date.now()}`).folders);
    const machineHost = { network, cgroups, trusted: authority.bundle };
    const region = new LabRegion(network, authority, metadata, machineHost, labPlace(targets));
    await region.start(images, await endpoint(metadata));
    return region;
  }

  /** Changes what AWS has, and waits until the parts have begun to run it. */
  async change(change: (place: Place) => void): Promise<void> {
    const work = this.last.then(async () => {
      change(this.place);
      this.changes += 1;
      const world = { bootId: "lab", number: this.changes, places: [this.place] };
      await this.network.reconcile(world);
      this.metadata.update(world);
      for (const part of this.parts) await part.reconcile(world);
    });
    this.last = work.catch(() => undefined);
    await work;
  }

  private async start(images: Images, endpoint: string): Promise<void> {
    const { network, authority, metadata } = this;
    const context = {
      folder: labFolder,
      sockets: join(labFolder, "sockets"),
      endpoint,
      report: (report: Report) => {
        if (report.kind === "targets") this.health.set(report.targetGroupArn, report.health);
      },
      event: () => undefined,
      log: (line: string) => {
        appendFileSync(join(logFolder, "region.log"), `${line}\n`);
      },
    };
    const services = { context, network, authority };
    this.parts.push(
      new AwsEndpoints({ ...services, secretOf: (token) => metadata.secretOf(token) }),
      new FileSystems({
        ...services,
        share: async (_vpcId, address, source) => await this.shares.get(address)?.add(source),
      }),
      new LoadBalancers({ ...services, image: images.infra, secondsPerMinute: 60 }),
    );
    await this.change(() => undefined);
    await this.joinVpc();
  }

  /** Gives this process an interface in the VPC, beside the internet that its namespace is. */
  private async joinVpc(): Promise<void> {
    const own = await this.network.attach("lab", vpcId, [interfaceAt(addresses.lab)]);
    await run([
      "ip",
      "-n",
      own,
      "link",
      "set",
      "dev",
      "eth0",
      "name",
      labDevice,
      "netns",
      String(process.pid),
    ]);
    await run(["ip", "address", "add", `${addresses.lab}/32`, "dev", labDevice]);
    await run(["ip", "link", "set", labDevice, "up"]);
    await run(["ip", "route", "add", "10.77.0.1/32", "dev", labDevice, "scope", "link"]);
    const path = ["via", "10.77.0.1", "dev", labDevice, "src", addresses.lab];
    await run(["ip", "route", "add", "10.77.0.0/16", ...path]);
  }
}
