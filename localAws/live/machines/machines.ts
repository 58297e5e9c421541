import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Failure, messageOf } from "../../../cli/failure";
import { renderBuilderUserData } from "../../../components/wordpressFleet/builderUserData";
import type { Cgroups } from "../box/cgroups";
import type { Outcome } from "../command";
import type { Image } from "../images/image";
import type { Images } from "../images/images";
import type { Part, PartContext } from "../region/part";
import type { Image as ImageRecord, Place, World } from "../world";
import { Bakes } from "./bakes";
import { recordOf, type DiskSource, type MachineHost, type MachineNetwork, type Wanted } from "./host";
import { ImageStore } from "./imageStore";
import { Machine } from "./machine";
import type { MeteredMachine } from "./meter";
import type { Share } from "./shares";

export interface MachinesOptions {
  readonly context: PartContext;
  readonly images: Images;
  readonly network: MachineNetwork;
  readonly cgroups: Cgroups;
  /** PEM: what machines trust beside public authorities. */
  readonly trusted: string;
  /** Default: those of all regions of this machine, unless LIVE_BAKE_CACHE is `off`. */
  readonly bakes?: Bakes;
}

/** A machine in the region's own API. */
export interface MachineSummary {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /** The process id of its init in the box; null while it is off. */
  readonly init: number | null;
}

/** The resolver of a VPC: the third address of its range. */
export function resolverOf(cidr: string): string {
  const [a, b, c, d] = (cidr.split("/")[0] ?? "").split(".").map(Number);
  return [a, b, c, (d ?? 0) + 2].join(".");
}

/** EC2's instances as machines, and its images as their disks. */
export class Machines implements Part {
  readonly name = "machines";
  private readonly disks: string;
  private readonly store: ImageStore;
  private readonly bakes: Bakes;
  private readonly machines = new Map<string, Machine>();
  private readonly known = new Map<string, ImageRecord>();
  private readonly snapshots = new Map<string, Promise<void>>();
  private readonly host: MachineHost;
  private hasStarted = false;

  constructor(private readonly options: MachinesOptions) {
    const { context, images, network, cgroups, trusted, bakes = new Bakes() } = options;
    this.disks = join(context.folder, "disks");
    this.store = new ImageStore(join(context.folder, "images"), images.stock);
    this.bakes = bakes;
    this.host = {
      context,
      network,
      cgroups,
      trusted,
      sourceOf: (wanted) => this.sourceOf(wanted),
    };
  }

  async reconcile(world: World): Promise<void> {
    if (!this.hasStarted) await this.begin(world);
    this.known.clear();
    for (const place of world.places) for (const image of place.images) this.known.set(image.id, image);
    const present = new Set<string>();
    for (const place of world.places) {
      for (const instance of place.instances) {
        present.add(instance.id);
        this.update(place, instance);
      }
    }
    for (const [id, machine] of this.machines) {
      if (!present.has(id)) machine.remove();
      if (machine.isGone && !present.has(id)) this.machines.delete(id);
    }
    for (const place of world.places) for (const image of place.images) this.snapshot(place, image);
    this.store.retain(
      new Set(this.known.keys()),
      [...this.machines.values()].flatMap(({ layers }) => layers),
    );
  }

  async stop(): Promise<void> {
    await Promise.all([...this.machines.values()].map((machine) => machine.leave()));
    await Promise.all(this.snapshots.values());
  }

  list(): readonly MachineSummary[] {
    return [...this.machines.values()].map((machine) => machine.summary());
  }

  /** The machines that are on, for their metrics. */
  metered(): readonly MeteredMachine[] {
    return [...this.machines.values()].flatMap((machine) => machine.metered() ?? []);
  }

  /** The text of a machine's console. */
  console(id: string): string {
    return this.get(id).reports.console.text;
  }

  /** Runs a command on a machine, and waits for its end. */
  async run(id: string, command: readonly string[], input?: string): Promise<Outcome> {
    return await this.get(id).run(command, input);
  }

  /** Shares a folder with the machine that has the address in the VPC; undefined: there is none that is on. */
  async share(vpcId: string, address: string, source: string): Promise<Share | undefined> {
    const machine = [...this.machines.values()].find((each) => each.hasAddress(vpcId, address));
    return await machine?.share(source);
  }

  /** Cuts a machine's power. */
  async cut(id: string): Promise<void> {
    await this.get(id).cut();
  }

  private get(id: string): Machine {
    const machine = this.machines.get(id);
    if (machine !== undefined) return machine;
    const ids = [...this.machines.keys()].join(", ");
    throw new Failure(`There is no machine ${id}.`, ids === "" ? "There is none." : `There are ${ids}.`);
  }

  /** Deletes disks of another start of the emulator, and those of instances that ended while no region ran. */
  private async begin(world: World): Promise<void> {
    // Folders that machines see must be readable for their users.
    process.umask(0o022);
    await this.options.cgroups.sweep("machine-");
    const { folder } = this.options.context;
    const bootFile = join(folder, "boot-id");
    const isSame = existsSync(bootFile) && readFileSync(bootFile, "utf8") === world.bootId;
    if (!isSame) {
      for (const each of [this.disks, this.store.folder]) rmSync(each, { recursive: true, force: true });
    }
    for (const each of [this.disks, this.store.folder]) mkdirSync(each, { recursive: true });
    writeFileSync(bootFile, world.bootId);
    const ids = new Set(world.places.flatMap(({ instances }) => instances.map(({ id }) => id)));
    for (const id of readdirSync(this.disks)) {
      if (!ids.has(id)) rmSync(join(this.disks, id), { recursive: true, force: true });
    }
    this.hasStarted = true;
  }

  private update({ accountId, region, vpcs }: Place, instance: Place["instances"][number]): void {
    const cidr = vpcs.find(({ id }) => id === instance.vpcId)?.cidrs[0] ?? "169.254.169.251/32";
    const wanted = { accountId, region, resolver: resolverOf(cidr), instance };
    const machine = this.machines.get(instance.id);
    if (machine !== undefined) machine.update(wanted);
    else if (instance.state !== "terminated") {
      const created = new Machine(instance.id, join(this.disks, instance.id), this.host, wanted);
      this.machines.set(instance.id, created);
      created.update(wanted);
    }
  }

  private sourceOf({ instance }: Wanted): DiskSource {
    const record = this.known.get(instance.imageId);
    const disk = this.store.diskOf(instance.imageId, record);
    if (disk === undefined) {
      const name = record === undefined ? "unknown" : `${record.name}, ${record.architecture}`;
      const reason = `The live region has no disk for ${instance.imageId} (${name}): it boots Debian 13 for x86_64, and images made from it. The instance is a record only.`;
      return { kind: "none", reason };
    }
    const base = this.store.isStock(record) ? this.baseOf(instance.userData, disk) : disk;
    const bake = this.store.isStock(record) ? this.bakes.find(base, instance.userData) : undefined;
    if (bake === undefined) return { kind: "image", disk: recordOf(instance.imageId, base) };
    const note = `The live region has the result of this bake, from ${bake.bakedAt}. LIVE_BAKE_CACHE=off bakes again.`;
    const console = `${note}\n${bake.console}`;
    return { kind: "baked", disk: recordOf(instance.imageId, bake.image), console };
  }

  /** This program's builder installs the packages that the packages image has already, by the same step. */
  private baseOf(userData: string, stock: Image): Image {
    return userData === renderBuilderUserData() ? this.options.images.packages : stock;
  }

  private snapshot(place: Place, image: ImageRecord): void {
    if (image.state !== "pending" || image.sourceInstanceId === null || this.snapshots.has(image.id)) return;
    const { id, sourceInstanceId } = image;
    const report = (state: "available" | "failed", reason?: string): void => {
      const { accountId, region } = place;
      this.options.context.report({
        kind: "image",
        accountId,
        region,
        id,
        state,
        ...(reason === undefined ? {} : { reason }),
      });
      this.options.context.event({ kind: "image", id, text: reason ?? `made from ${sourceInstanceId}` });
    };
    const work = this.copyDisk(id, sourceInstanceId).then(
      () => {
        report("available");
      },
      (error: unknown) => {
        this.options.context.log(`${id}: ${messageOf(error)}`);
        report("failed", messageOf(error));
      },
    );
    this.snapshots.set(id, work);
  }

  private async copyDisk(imageId: string, instanceId: string): Promise<void> {
    const machine = this.get(instanceId);
    const copied = await machine.copyDisk(this.store.layerFolder(imageId));
    if (copied === undefined) throw new Error(`${instanceId} has no disk.`);
    this.store.keep(imageId, copied.layer, copied.base);
    const source = this.known.get(copied.imageId);
    if (machine.passedBake && this.store.isStock(source)) {
      await this.bakes.keep(copied.base, machine.userData, copied.layer, machine.reports.console.text);
    }
  }
}
