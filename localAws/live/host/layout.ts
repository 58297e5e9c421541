import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "../../../cli/json";

/** The files of one live region, in the folder of its emulator. */
export interface LiveFiles {
  /** The host process writes it, and removes it when it ends. */
  readonly state: string;
  readonly log: string;
  /** Held by the command that starts or stops it. */
  readonly lock: string;
  /** Held by the box: disks are never used twice. */
  readonly boxLock: string;
  /** Disks and databases: they outlive the region and the box. */
  readonly data: string;
}

export function filesIn(folder: string): LiveFiles {
  const data = path.join(folder, "live");
  return {
    state: path.join(folder, "live.json"),
    log: path.join(folder, "live.log"),
    lock: path.join(folder, "live.lock"),
    boxLock: path.join(data, "box.lock"),
    data,
  };
}

/** The beginning of the names of everything that a folder's region has outside of the folder: sockets and cgroups. */
export function namePrefix(folder: string): string {
  const hash = createHash("sha256").update(realpathSync(folder)).digest("hex");
  return `wordpress-${hash.slice(0, 10)}-`;
}

/** A Unix socket's path has 107 bytes at most; the longest name of a socket and six random letters must fit, too. */
const longestSocketFolder = 80;

/** Where socket folders are: the box has a `/run` of its own, and a socket's path is short. */
export function socketParent(temporaryFolder: string = tmpdir()): string {
  const isHidden = temporaryFolder === "/run" || temporaryFolder.startsWith("/run/");
  return isHidden || temporaryFolder.length > longestSocketFolder - 30 ? "/tmp" : temporaryFolder;
}

export const waysSchema = z.object({
  /** The address of the page to watch. */
  page: z.string().nullable(),
  /** The port on 127.0.0.1 of the DNS server that resolves the region's public names. */
  dnsPort: z.int().nullable(),
  /** The addresses on loopback of the sites, by the DNS name of their load balancer. */
  sites: z.array(z.object({ host: z.string(), url: z.string() })),
});

/** How programs outside the box reach what runs in it. */
export type Ways = z.output<typeof waysSchema>;

/** The content of the state file. */
export const stateSchema = z.object({
  pid: z.int().positive(),
  /** Identifies the process: it is on its command line. */
  id: z.string(),
  /** The emulator's address. */
  endpoint: z.string(),
  version: z.string(),
  /** The settings of the region, as {@link settingsSchema}. */
  settings: z.string(),
  sockets: z.string(),
  phase: z.enum(["starting", "ready"]),
  /** What it does while it starts. */
  progress: z.string(),
  /** What measurements and limits lack on this system. */
  limits: z.string().nullable(),
  ways: waysSchema,
  /** The file's own path: in a copy of the folder it names another region's file. */
  file: z.string(),
});

export type LiveState = z.output<typeof stateSchema>;

/** What the command line gives the host process. */
export const optionsSchema = z.object({
  id: z.string(),
  endpoint: z.string(),
  folder: z.string(),
  version: z.string(),
  settings: z.string(),
});

export type HostOptions = z.output<typeof optionsSchema>;

/** What a user may choose of a region. */
export const settingsSchema = z.object({
  /** The program in the box. */
  program: z.string(),
  /** The memory that all machines together may use. */
  budgetMiB: z.int().positive(),
  /** How many seconds one minute of CloudWatch takes: 60 is AWS's. */
  secondsPerMinute: z.number().positive(),
});

export type Settings = z.output<typeof settingsSchema>;
