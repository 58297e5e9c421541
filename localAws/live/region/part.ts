import type { IncomingMessage } from "node:http";

import type { Report } from "../reports";
import type { World } from "../world";

/** A line of the region's timeline: what happened on this machine, beside AWS's own activities. */
export interface RegionEvent {
  /** E.g. `instance`, `target`, `database`, `mail`. */
  readonly kind: string;
  /** The id of the resource. */
  readonly id: string;
  readonly text: string;
}

/** What every part of the live region gets. */
export interface PartContext {
  /** A folder on disk that outlives the box: disks, data, logs. */
  readonly folder: string;
  /** The folder on a path short enough for Unix sockets that the box shares with the host process. */
  readonly sockets: string;
  /** The emulator's address as seen in the box. */
  readonly endpoint: string;
  /** Sends a report to the emulator; reports arrive in order. A failed call is retried until the region ends. */
  readonly report: (report: Report) => void;
  /** Adds a line to the region's timeline. */
  readonly event: (event: RegionEvent) => void;
  /** Adds a line to the region's log. */
  readonly log: (line: string) => void;
}

/** A request to the region's own API. */
export interface RouteRequest {
  /** The `:id` of the path; empty without one. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: () => Promise<string>;
  readonly request: IncomingMessage;
}

/** An answer: JSON, or text as it is. */
export type RouteAnswer = { readonly json: unknown } | { readonly text: string };

/** By method and path with at most one `:id`, e.g. `POST /machines/:id/load`. */
export type Routes = Readonly<Record<string, (request: RouteRequest) => Promise<RouteAnswer> | RouteAnswer>>;

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
  /** Its part of the region's own API. */
  readonly routes?: Routes;
}
