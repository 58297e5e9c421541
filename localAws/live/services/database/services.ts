import type { PartContext } from "../../region/part";
import type { Database, DatabaseSnapshot, Place } from "../../world";
import type { Attachments } from "../attachments";
import type { Authority } from "../authority";
import type { EngineRoot } from "../engineRoot";

/** What the region gives to every database. */
export interface DatabaseServices {
  readonly context: Pick<PartContext, "report" | "event" | "log">;
  readonly authority: Authority;
  readonly network: Attachments;
  /** The engine's root file system, and the folder of all databases in it. */
  readonly root: EngineRoot;
  readonly databases: string;
  /** The data of an empty instance, once it is there. */
  readonly template: () => Promise<string>;
  readonly snapshotFolder: (snapshotId: string) => string;
}

/** What the emulator wants of one database. */
export interface WantedDatabase {
  readonly place: Pick<Place, "accountId" | "region">;
  /** `undefined`: the emulator no longer has it. */
  readonly database: Database | undefined;
  /** Snapshots of it that are being created. */
  readonly snapshots: readonly DatabaseSnapshot[];
}
