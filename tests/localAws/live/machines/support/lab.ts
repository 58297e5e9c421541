import { mkdirSync } from "node:fs";
import path from "node:path";

import { makeCgroups, sweepCgroups } from "../../../../../localAws/live/box/cgroupPlace";
import { openCgroups } from "../../../../../localAws/live/box/cgroups";
import { waitFor } from "../../../../../localAws/live/command";
import { cachedImages } from "../../../../../localAws/live/images/images";
import { makeInfra } from "../../../../../localAws/live/images/infra";
import { Bakes } from "../../../../../localAws/live/machines/bakes";
import { Machines } from "../../../../../localAws/live/machines/machines";
import { Metadata } from "../../../../../localAws/live/machines/metadata";
import { Network } from "../../../../../localAws/live/network/network";
import type { RegionEvent } from "../../../../../localAws/live/region/part";
import type { Report } from "../../../../../localAws/live/reports";
import { Authority } from "../../../../../localAws/live/services/authority";
import type { World } from "../../../../../localAws/live/world";

/** The machines part on a real network, with what it reports. */
export class MachinesLab {
  readonly reports: Report[] = [];
  readonly events: RegionEvent[] = [];
  readonly log: string[] = [];
  private readonly metadata = new Metadata();
  machines: Machines;

  private constructor(
    readonly folder: string,
    /** PEM: what machines trust. */
    readonly authority: string,
    private readonly network: Network,
    private readonly make: (network: Network, lab: MachinesLab) => Machines,
    private readonly close: () => Promise<void>,
  ) {
    network.onMetadata(this.metadata.handle);
    this.machines = make(network, this);
  }

  static async open(folder: string): Promise<MachinesLab> {
    const images = await cachedImages();
    if (images === undefined) throw new Error("There are no images; `npm run test:live` makes them.");
    mkdirSync("/run/netns", { recursive: true });
    const authority = await Authority.open(path.join(folder, "authority"));
    const infra = await makeInfra(images.infra, folder);
    const cgroups = openCgroups(makeCgroups(path.basename(folder)).folders);
    const network = new Network({ nft: infra.command("nft") });
    const make = (to: Network, lab: MachinesLab): Machines =>
      new Machines({
        context: {
          folder,
          sockets: folder,
          endpoint: "",
          report: (report) => lab.reports.push(report),
          event: (event) => lab.events.push(event),
          log: (line) => lab.log.push(line),
        },
        images,
        network: to,
        cgroups,
        trusted: authority.bundle,
        bakes: new Bakes(true, path.join(folder, "bakes")),
      });
    return new MachinesLab(folder, authority.bundle, network, make, async () => {
      await sweepCgroups(path.basename(folder));
      await infra.unmount();
    });
  }

  /** Gives a new world to the parts, and forgets earlier reports. */
  async reach(world: World): Promise<void> {
    this.reports.length = 0;
    await this.network.reconcile(world);
    this.metadata.update(world);
    await this.machines.reconcile(world);
  }

  /** Ends the region, and starts another one with the same folder. */
  async restart(): Promise<void> {
    await this.machines.stop();
    this.machines = this.make(this.network, this);
  }

  async stop(): Promise<void> {
    await this.machines.stop();
    await this.network.stop();
    await this.close();
  }

  /** Waits for a report that has these values. */
  async reported(wanted: Readonly<Record<string, unknown>>, seconds = 240): Promise<void> {
    const isIt = (report: Report): boolean => {
      const values = new Map<string, unknown>(Object.entries(report));
      return Object.entries(wanted).every(([key, value]) => values.get(key) === value);
    };
    try {
      await waitFor(JSON.stringify(wanted), seconds, () => (this.reports.some(isIt) ? true : undefined));
    } catch (error) {
      throw new Error(
        `${String(error)}\n${this.log.join("\n")}\n${JSON.stringify(this.reports).slice(-4_000)}`,
      );
    }
  }

  async booted(id: string): Promise<void> {
    await this.reported({ kind: "instance", id, state: "running" });
    await this.reported({ kind: "checks", id, status: "ok" });
  }

  /** The units of a machine that failed, once systemd has started everything. */
  async failedUnits(id: string): Promise<string> {
    await waitFor(`${id} has started`, 120, async () => {
      const { output } = await this.machines.run(id, ["systemctl", "is-system-running"]);
      return /^(running|degraded)$/m.test(output) ? true : undefined;
    });
    return await this.run(id, "systemctl list-units --failed --plain --no-legend");
  }

  /** The texts of the timeline. */
  eventsOf(id: string): readonly string[] {
    return this.events.filter((event) => event.id === id).map(({ text }) => text);
  }

  /** The text of the console's reports. */
  consoleOf(id: string): string {
    return this.reports
      .flatMap((report) => (report.kind === "console" && report.id === id ? report.text : []))
      .join("");
  }

  /** Runs a shell command on a machine that must succeed. */
  async run(id: string, command: string): Promise<string> {
    const { exitCode, output } = await this.machines.run(id, ["sh", "-c", command]);
    if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}: ${output}`);
    return output.trim();
  }
}
