import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { codeOf, messageOf } from "../../../../cli/failure";
import { cpuPercent } from "../../machines/cpu";
import { paces } from "../../pace";
import { repeat, type Repeated } from "../../repeat";
import type { Report } from "../../reports";

/** A database that is on. */
export interface MeteredDatabase {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly cores: number;
  readonly allocatedBytes: number;
  readonly dataFolder: string;
  readonly pid: number;
  readonly connections: () => Promise<number>;
}

export interface DatabaseMeterOptions {
  readonly databases: () => readonly MeteredDatabase[];
  readonly report: (report: Report) => void;
  readonly log: (line: string) => void;
}

/** Linux counts a process's CPU time in hundredths of a second. */
const microsecondsPerTick = 10_000;
/** Alarms of stacks at the fast pace need a value this often. */
const sampleMilliseconds = paces.fast * 1000;
/** How long the values count that cost a query and a walk through the data. */
const slowMilliseconds = 60_000;

interface Known {
  readonly pid: number;
  readonly at: number;
  readonly cpuMicroseconds: number;
  readonly slowAt: number;
  readonly connections: number;
  readonly freeBytes: number;
}

/** Reports AWS's metrics `AWS/RDS` of each database. */
export function startDatabaseMeter({ databases, report, log }: DatabaseMeterOptions): Repeated {
  const known = new Map<string, Known>();
  const measure = async (database: MeteredDatabase) => {
    const { id, accountId, region, pid, cores } = database;
    const cpuMicroseconds = cpuTimeIn(await readFile(`/proc/${String(pid)}/stat`, "utf8"));
    const at = Date.now();
    const before = known.get(id);
    const slow =
      before !== undefined && at - before.slowAt < slowMilliseconds ? before : await slowValues(database);
    known.set(id, { ...slow, pid, at, cpuMicroseconds });
    const usage = { waitedMicroseconds: 0, receivedBytes: 0, sentBytes: 0 };
    const cpu =
      before?.pid === pid
        ? cpuPercent({ ...usage, ...before }, { ...usage, at, cpuMicroseconds }, cores)
        : undefined;
    const datum = (name: string, value: number, unit: string) => ({
      name,
      dimensions: { DBInstanceIdentifier: id },
      value,
      unit,
      at,
      storageResolution: 60,
    });
    const data = [
      ...(cpu === undefined ? [] : [datum("CPUUtilization", cpu, "Percent")]),
      datum("DatabaseConnections", slow.connections, "Count"),
      datum("FreeStorageSpace", slow.freeBytes, "Bytes"),
    ];
    report({ kind: "metrics", accountId, region, namespace: "AWS/RDS", data });
  };
  return repeat(
    sampleMilliseconds,
    async () => {
      for (const database of databases()) {
        await measure(database).catch((error: unknown) => {
          // It has just been turned off.
          if (codeOf(error) !== "ENOENT") log(`Measuring ${database.id}: ${messageOf(error)}`);
        });
      }
    },
    (error) => {
      log(`Measuring the databases: ${messageOf(error)}`);
    },
  );
}

async function slowValues({ connections, allocatedBytes, dataFolder }: MeteredDatabase) {
  const used = await bytesIn(dataFolder);
  return {
    slowAt: Date.now(),
    connections: await connections(),
    freeBytes: Math.max(0, allocatedBytes - used),
  };
}

/** The CPU time of a process: fields 14 and 15 of `/proc/<pid>/stat`. The second field may contain spaces. */
export function cpuTimeIn(text: string): number {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick;
}

/** What the files of a folder take on the disk. Files may vanish meanwhile. */
async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      bytes += (await stat(join(entry.parentPath, entry.name))).blocks * 512;
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
    }
  }
  return bytes;
}
