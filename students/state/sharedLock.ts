import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "../../cli/failure";
import { parseJson } from "../../cli/json";
import { processExists } from "../../cli/lock";
import type { Documents } from "./documents";
import {
  isHeld,
  leaseMilliseconds,
  leaseSchema,
  leaseText,
  ownerName,
  renewalMilliseconds,
  type Lease,
} from "./lease";
import { thisMachine } from "./machine";

/** A lock in a shared state, which this process has until it releases it. */
export interface SharedLock {
  /** Whether the last owner's process ended without releasing it: its engine may have left a lock too. */
  readonly wasAbandoned: boolean;
  readonly release: () => Promise<void>;
}

export interface SharedLockOptions {
  readonly documents: Documents;
  /** The name of the lock's document. */
  readonly name: string;
  /** E.g. `does up`. */
  readonly doing: string;
  /** Called when another process has taken the lock, because this one could not renew it in time. */
  readonly onLost: (taker: string) => void;
}

/** A lock without an owner belongs to a process that is about to write its name, or was killed before it did. */
const namelessMilliseconds = 20_000;

/** Several processes may try to take over a lock; each try takes seconds. */
const takeOverMilliseconds = 60_000;

/** Takes the lock, or returns its owner. The lock of a process that has ended counts as free. */
export async function trySharedLock(options: SharedLockOptions): Promise<SharedLock | Lease> {
  const { documents, name, doing } = options;
  const mine: Lease = {
    id: randomUUID(),
    owner: ownerName(process.env, userInfo().username, hostname()),
    machine: await thisMachine(),
    pid: process.pid,
    doing,
    since: new Date().toISOString(),
    until: leaseEnd(),
  };
  const startedAt = performance.now();
  for (;;) {
    if (await documents.create(name)) {
      await documents.write(name, JSON.stringify(mine));
      return held(options, mine, false);
    }
    const owner = await readLease(documents, name);
    if (owner === undefined && performance.now() - startedAt < namelessMilliseconds) {
      await sleep(500);
      continue;
    }
    if (owner !== undefined && isHeld(owner, { machine: mine.machine, processExists, now: new Date() })) {
      return owner;
    }
    if (await takeOver(documents, name, owner, mine)) return held(options, mine, true);
    if (performance.now() - startedAt > takeOverMilliseconds) throw stuck(name, owner);
    await sleep(500);
  }
}

/** The lock's owner; undefined when it is free, or has no owner yet. */
export async function readLease(documents: Documents, name: string): Promise<Lease | undefined> {
  const text = await documents.read(name);
  return text === undefined ? undefined : parseJson(leaseSchema, text);
}

/**
 * Replaces the lock of a process that has ended. Of several processes that find the same ended owner, the one that
 * creates the guard gets the lock. The guard's name has the ended owner's id, so that it guards only this lock.
 */
async function takeOver(
  documents: Documents,
  name: string,
  ended: Lease | undefined,
  mine: Lease,
): Promise<boolean> {
  const guard = guardOf(name, ended);
  if (!(await documents.create(guard))) return false;
  try {
    if ((await readLease(documents, name))?.id !== ended?.id) return false;
    await documents.write(name, JSON.stringify(mine));
    return true;
  } finally {
    await documents.remove(guard);
  }
}

/** The document that exists while a process takes over the lock of an ended owner. */
export function guardOf(name: string, ended: Lease | undefined): string {
  return `${name}.${ended?.id.slice(0, 8) ?? "nameless"}`;
}

function held(options: SharedLockOptions, mine: Lease, wasAbandoned: boolean): SharedLock {
  const { documents, name, onLost } = options;
  let renewing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    renewing = renew();
  }, renewalMilliseconds);
  timer.unref();
  return {
    wasAbandoned,
    release: async () => {
      clearInterval(timer);
      await renewing;
      if ((await readLease(documents, name))?.id === mine.id) await documents.remove(name);
    },
  };

  /** A failed renewal is repeated; when the lease ends meanwhile, another process may take the lock. */
  async function renew(): Promise<void> {
    try {
      const owner = await readLease(documents, name);
      if (owner?.id === mine.id) {
        await documents.write(name, JSON.stringify({ ...mine, until: leaseEnd() }));
        return;
      }
      clearInterval(timer);
      onLost(owner?.owner ?? "another run");
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}

/** A process was killed while it took over the lock. */
function stuck(name: string, ended: Lease | undefined): Failure {
  const of = ended === undefined ? "has no owner" : `is of a run that has ended (${leaseText(ended)})`;
  return new Failure(
    `The lock ${name} ${of}, and cannot be taken over.`,
    "Run npm run students -- unlock ROSTER, then run the command again.",
  );
}

function leaseEnd(): string {
  return new Date(Date.now() + leaseMilliseconds).toISOString();
}
