import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Database } from "../../world";
import { quotedName } from "./masterUser";
import type { MariaDbServer } from "./server";
import type { DatabaseServices, WantedDatabase } from "./services";

/** The data of one instance: where it comes from, and its snapshots. */
export class InstanceData {
  /** Snapshots that were reported, and that the emulator still shows as being created. */
  private readonly taken = new Set<string>();

  constructor(
    private readonly services: DatabaseServices,
    private readonly server: MariaDbServer,
    private readonly say: (text: string) => void,
  ) {}

  /** Creates the data of a new instance: empty, or that of a snapshot. */
  async create({ fromSnapshotId }: Database): Promise<void> {
    if (this.server.hasData) return;
    if (fromSnapshotId === null) {
      await this.server.adopt(await this.services.template());
      return;
    }
    const folder = this.services.snapshotFolder(fromSnapshotId);
    if (!existsSync(folder)) {
      throw new Error(`The data of the snapshot ${fromSnapshotId} is not on this machine.`);
    }
    await this.server.adopt(folder);
    this.markNamed();
  }

  /** RDS creates the named database once: a user may drop it. */
  async createNamedDatabase({ databaseName }: Database): Promise<void> {
    if (existsSync(this.namedFile)) return;
    if (databaseName !== null) {
      await this.server.sql(`CREATE DATABASE IF NOT EXISTS ${quotedName(databaseName)}`);
    }
    this.markNamed();
  }

  /** Takes the snapshots that are being created. */
  async takeSnapshots({ place, snapshots }: WantedDatabase): Promise<void> {
    const wanted = new Set(snapshots.map(({ id }) => id));
    for (const id of this.taken) if (!wanted.has(id)) this.taken.delete(id);
    for (const id of wanted) {
      if (this.taken.has(id)) continue;
      const state = this.server.hasData ? "available" : "failed";
      if (this.server.hasData) await this.copyTo(this.services.snapshotFolder(id));
      this.taken.add(id);
      this.services.context.report({ kind: "databaseSnapshot", ...place, id, state });
      this.say(`snapshot ${id}: ${state}`);
    }
  }

  private async copyTo(folder: string): Promise<void> {
    mkdirSync(join(folder, ".."), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    await this.server.copyTo(folder);
  }

  private markNamed(): void {
    writeFileSync(this.namedFile, "");
  }

  /** Exists once the named database was created. */
  private get namedFile(): string {
    return join(this.server.folder, "created");
  }
}
