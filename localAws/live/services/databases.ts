import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Failure, messageOf } from "../../../cli/failure";
import type { Image } from "../images/image";
import type { Part, PartContext, RouteAnswer, Routes } from "../region/part";
import type { Repeated } from "../repeat";
import type { Database, World } from "../world";
import type { Attachments } from "./attachments";
import type { Authority } from "./authority";
import { LiveDatabase } from "./database/database";
import { startLogDelivery } from "./database/logDelivery";
import { startDatabaseMeter } from "./database/metrics";
import type { DatabaseServices, WantedDatabase } from "./database/services";
import { databasesInside, makeTemplate } from "./database/template";
import { EngineRoot } from "./engineRoot";

export interface DatabasesOptions {
  readonly context: PartContext;
  readonly authority: Authority;
  readonly network: Attachments;
  /** The infrastructure image, which contains MariaDB. */
  readonly image: Image;
}

/** RDS's instances: each is a MariaDB in the network namespace of its interface. */
export class Databases implements Part {
  readonly name = "databases";
  readonly routes: Routes = {
    "GET /databases": () => ({ json: this.status() }),
    "POST /databases/:id/cut": ({ id }) => this.change(id, (database) => database.cutOff()),
    "POST /databases/:id/restore": ({ id }) => this.change(id, (database) => database.restore()),
  };
  /** By resource id. */
  private readonly live = new Map<string, LiveDatabase>();
  /** Folders of snapshots that the emulator had at the last call. */
  private snapshots = new Set<string>();
  private opening: Promise<EngineRoot> | undefined;
  private making: Promise<string> | undefined;

  private readonly meter: Repeated;
  private readonly logDelivery: Repeated;

  constructor(private readonly options: DatabasesOptions) {
    const { report, log } = options.context;
    const databases = () => [...this.live.values()].flatMap((database) => database.metered() ?? []);
    this.meter = startDatabaseMeter({ databases, report, log });
    this.logDelivery = startLogDelivery({
      databases: () => [...this.live.values()].flatMap((database) => database.logged() ?? []),
      endpoint: options.context.endpoint,
      log,
    });
  }

  async reconcile(world: World): Promise<void> {
    const wanted = world.places.flatMap((place) =>
      place.databases.map((database): WantedDatabase & { readonly database: Database } => ({
        place: { accountId: place.accountId, region: place.region },
        database,
        snapshots: place.databaseSnapshots.filter(
          ({ databaseResourceId, state }) =>
            databaseResourceId === database.resourceId && state === "creating",
        ),
      })),
    );
    this.prepare();
    for (const each of wanted) (await this.liveOf(each)).want(each);
    this.removeOthers(new Set(wanted.map(({ database }) => database.resourceId)));
    this.removeSnapshots(world);
  }

  /** What runs on this machine. */
  status(): readonly DatabaseStatus[] {
    return [...this.live.values()].map(statusOf);
  }

  async stop(): Promise<void> {
    await Promise.all([this.meter.stop(), this.logDelivery.stop()]);
    await Promise.all([...this.live.values()].map((database) => database.end()));
    await this.making?.catch(() => undefined);
    await (await this.opening)?.close();
  }

  private async liveOf(wanted: WantedDatabase & { readonly database: Database }): Promise<LiveDatabase> {
    const { resourceId } = wanted.database;
    const known = this.live.get(resourceId);
    if (known !== undefined) return known;
    const database = new LiveDatabase(await this.servicesFor(wanted), wanted);
    this.live.set(resourceId, database);
    return database;
  }

  private async servicesFor({ place }: WantedDatabase): Promise<DatabaseServices> {
    const { context, authority, network } = this.options;
    return {
      context,
      authority,
      network,
      root: await this.root(),
      databases: this.databases,
      template: () => this.template(),
      snapshotFolder: (id) => this.snapshotFolder(place, id),
    };
  }

  /** Makes the template before the first database needs it. */
  private prepare(): void {
    if (this.making !== undefined) return;
    this.template().catch((error: unknown) => {
      this.options.context.log(`databases: ${messageOf(error)}`);
    });
  }

  /** After a failure, the next call tries again. */
  private async template(): Promise<string> {
    this.making ??= this.root()
      .then((root) => makeTemplate(root, this.databases))
      .catch((error: unknown) => {
        this.making = undefined;
        throw error;
      });
    return await this.making;
  }

  private async root(): Promise<EngineRoot> {
    this.opening ??= this.openRoot().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return await this.opening;
  }

  private async openRoot(): Promise<EngineRoot> {
    const { context, image } = this.options;
    mkdirSync(this.databases, { recursive: true });
    return await EngineRoot.open(image, join(context.folder, "engines"), {
      [databasesInside]: this.databases,
    });
  }

  /** Databases that the emulator had in this run and has no longer. A new emulator does not get here: the region ends. */
  private removeOthers(wanted: ReadonlySet<string>): void {
    for (const [resourceId, database] of this.live) {
      if (wanted.has(resourceId)) continue;
      if (database.isGone) this.live.delete(resourceId);
      else database.want({ place: { accountId: "", region: "" }, database: undefined, snapshots: [] });
    }
  }

  private removeSnapshots(world: World): void {
    const now = new Set(
      world.places.flatMap((place) =>
        place.databaseSnapshots.map(({ id }) => this.snapshotFolder(place, id)),
      ),
    );
    for (const folder of this.snapshots)
      if (!now.has(folder)) rmSync(folder, { recursive: true, force: true });
    this.snapshots = now;
  }

  private async change(id: string, change: (database: LiveDatabase) => Promise<void>): Promise<RouteAnswer> {
    const found = [...this.live.values()].find((database) => database.id === id);
    if (found === undefined) {
      const known = [...this.live.values()].map((database) => database.id).join(", ");
      throw new Failure(`There is no database "${id}".`, `Known: ${known === "" ? "none" : known}.`);
    }
    await change(found);
    return { json: statusOf(found) };
  }

  private get databases(): string {
    return join(this.options.context.folder, "databases");
  }

  private snapshotFolder({ accountId, region }: WantedDatabase["place"], id: string): string {
    return join(this.options.context.folder, "databaseSnapshots", accountId, region, id);
  }
}

/** A database on this machine, for the page. */
export interface DatabaseStatus {
  readonly id: string;
  readonly resourceId: string;
  /** Its network is cut. */
  readonly isCut: boolean;
  /** `null` while it is off. */
  readonly pid: number | null;
  readonly memoryMiB: number;
}

function statusOf({ id, resourceId, isCut, pid }: LiveDatabase): DatabaseStatus {
  return { id, resourceId, isCut, pid: pid ?? null, memoryMiB: pid === undefined ? 0 : memoryMiB(pid) };
}

/** The proportional share of memory. */
function memoryMiB(pid: number): number {
  const match = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  return Math.round(Number(match?.[1] ?? 0) / 1_024);
}
