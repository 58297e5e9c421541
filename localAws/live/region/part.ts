import type { World } from "../world";
import type { Report } from "../reports";

/** What every part of the live region gets. */
export interface PartContext {
  /** A folder on disk that outlives the box: disks, data, logs. */
  readonly folder: string;
  /** The emulator's address as seen in the box. */
  readonly endpoint: string;
  /** Sends a report to the emulator; reports arrive in order. A failed call is retried until the region ends. */
  readonly report: (report: Report) => void;
  /** Adds a line to the region's log. */
  readonly log: (line: string) => void;
}

/**
 * One service of the live region. The region calls `reconcile` with the newest world after every change, never twice at
 * once, and again after a failure.
 */
export interface Part {
  readonly name: string;
  /** Makes what runs equal to the world. It must not wait for slow work such as a boot: that reports later. */
  readonly reconcile: (world: World) => Promise<void>;
  /** Ends everything that the part started. Data on disk stays. */
  readonly stop: () => Promise<void>;
}
