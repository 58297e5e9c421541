import { setTimeout as sleep } from "node:timers/promises";

import { Failure, messageOf } from "../../cli/failure";
import { findContent, type Content } from "../stack/content";
import { listOf, tagsOf, type Stack } from "../stack/stack";
import { ensureRole, ensureVault, vaultName } from "../stack/vault";
import { marks, newPairId } from "./marks";
import type { Pair } from "./pair";
import { findPairs } from "./parts";
import { removePair } from "./remove";

export interface Taking {
  /** The role with which AWS Backup reads the uploads; default: one that is created. */
  readonly roleArn: string | undefined;
  /** Ends the backup; what exists of it is deleted. */
  readonly signal: AbortSignal;
  /** Reports what the backup does now. */
  readonly say: (detail: string) => void;
}

/** The longest time for a snapshot. Seconds. */
const snapshotSeconds = 24 * 3600;
/** IAM needs some seconds until other services know a new role. */
const roleTries = 20;
const rolePauseSeconds = 3;

/**
 * Backs up the stack's content: a snapshot of the database, and right after its start a recovery point of the uploads.
 * WordPress writes a file before it writes the file's row, so the uploads have every file that the snapshot names.
 *
 * It is complete, or it does not exist: on a failure its parts are deleted, and until the end no part is marked as
 * complete.
 *
 * @throws Failure when the database is not available, or when a part fails
 */
export async function takePair(stack: Stack, taking: Taking): Promise<Pair> {
  const content = await findContent(stack);
  const { identifier, status } = content.database;
  if (status !== "available") {
    throw new Failure(
      `The database ${identifier} is ${status}. RDS makes a snapshot only of an available one.`,
      "Wait until it is available, or start it, then run this again.",
    );
  }
  const role = await prepareUploads(stack, content, taking);
  const now = new Date();
  const id = newPairId(now);
  const tags = { ...tagsOf(stack), [marks.pair]: id, [marks.started]: now.toISOString() };
  const made: Made = {};
  try {
    await takeParts(stack, content, { ...taking, role, id, tags, made });
  } catch (error) {
    throw await abandoned(stack, id, made, taking.signal.aborted ? stoppedByUser(error) : error);
  }
  const pair = (await findPairs(stack)).find((each) => each.id === id);
  if (pair?.state === "complete") return pair;
  throw new Failure(
    `The backup ${id} is ${pair?.reason ?? "not in the account"}.`,
    "Run the backup again. It deletes what is not complete.",
  );
}

/** The vault and the role for uploads; `undefined` without shared uploads. */
async function prepareUploads(
  { clients }: Stack,
  { fileSystem }: Content,
  { roleArn }: Taking,
): Promise<string | undefined> {
  if (fileSystem === undefined) return undefined;
  await ensureVault(clients);
  const [, partition = "aws"] = fileSystem.arn.split(":");
  return roleArn ?? (await ensureRole(clients, partition));
}

/** What exists of a backup, for its deletion. */
interface Made {
  snapshot?: string;
  /** The recovery point of the uploads. */
  point?: string;
  /** The job that makes the recovery point, while it runs. */
  job?: string | undefined;
}

interface Parts extends Taking {
  readonly role: string | undefined;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly made: Made;
}

async function takeParts(stack: Stack, { database, fileSystem }: Content, parts: Parts): Promise<void> {
  const { id, tags, made, role, say } = parts;
  const rds = await stack.clients.rds();
  const uploads = fileSystem === undefined ? "none" : "shared";
  parts.signal.throwIfAborted();
  say("starting the database's snapshot");
  const { DBSnapshot } = await rds.createDBSnapshot({
    DBInstanceIdentifier: database.identifier,
    DBSnapshotIdentifier: `${database.identifier}-${id}`,
    Tags: listOf({ ...tags, [marks.uploads]: uploads }),
  });
  const name = present(DBSnapshot?.DBSnapshotIdentifier, "the snapshot's identifier");
  const arn = present(DBSnapshot?.DBSnapshotArn, "the snapshot's ARN");
  made.snapshot = name;
  if (fileSystem !== undefined && role !== undefined) {
    const job = await startJob(stack, { fileSystem: fileSystem.arn, role, parts });
    made.job = job;
    await finishJob(stack, job, parts);
    made.job = undefined;
  }
  say("waiting for the database's snapshot");
  await untilAvailable(stack, name, parts.signal);
  parts.signal.throwIfAborted();
  await rds.addTagsToResource({ ResourceName: arn, Tags: listOf({ [marks.outcome]: "complete" }) });
}

async function startJob(
  { clients }: Stack,
  { fileSystem, role, parts }: { readonly fileSystem: string; readonly role: string; readonly parts: Parts },
): Promise<string> {
  const { InvalidParameterValueException } = await import("@aws-sdk/client-backup");
  parts.say("starting the backup of the uploads");
  for (let tries = 1; ; tries += 1) {
    try {
      const { BackupJobId } = await (
        await clients.backup()
      ).startBackupJob({
        BackupVaultName: vaultName,
        ResourceArn: fileSystem,
        IamRoleArn: role,
        IdempotencyToken: `${parts.id}-${String(tries)}`,
        RecoveryPointTags: { ...parts.tags },
      });
      return present(BackupJobId, "the job's id");
    } catch (error) {
      const isNewRole = parts.roleArn === undefined && error instanceof InvalidParameterValueException;
      if (!isNewRole || tries === roleTries) throw error;
      await sleep(rolePauseSeconds * 1000, undefined, { signal: parts.signal });
    }
  }
}

async function finishJob(
  { clients, longestPauseSeconds }: Stack,
  BackupJobId: string,
  { made, say, signal }: Parts,
): Promise<void> {
  for (let pause = Math.min(1, longestPauseSeconds); ; pause = Math.min(pause * 2, longestPauseSeconds)) {
    const job = await (await clients.backup()).describeBackupJob({ BackupJobId });
    if (job.RecoveryPointArn !== undefined) made.point = job.RecoveryPointArn;
    const { State = "", PercentDone, StatusMessage = "no reason given" } = job;
    if (State === "COMPLETED") return;
    if (["ABORTED", "ABORTING", "EXPIRED", "FAILED", "PARTIAL"].includes(State)) {
      made.job = undefined;
      throw new Failure(
        `The backup of the uploads is ${State}: ${StatusMessage}`,
        "Fix the reason, then run the backup again.",
      );
    }
    say(`backing up the uploads, ${PercentDone ?? "0.0"} %`);
    await sleep(pause * 1000, undefined, { signal });
  }
}

async function untilAvailable(
  { clients, longestPauseSeconds }: Stack,
  DBSnapshotIdentifier: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const { waitUntilDBSnapshotAvailable } = await import("@aws-sdk/client-rds");
  const maxDelay = Math.max(1, longestPauseSeconds);
  await waitUntilDBSnapshotAvailable(
    { client: await clients.rds(), maxWaitTime: snapshotSeconds, minDelay: 1, maxDelay, abortSignal },
    { DBSnapshotIdentifier },
  );
}

/** Deletes what exists of a backup that failed. @returns the error to throw */
async function abandoned(
  stack: Stack,
  id: string,
  { snapshot, point, job }: Readonly<Made>,
  error: unknown,
): Promise<unknown> {
  try {
    if (snapshot !== undefined) await markFailed(stack, snapshot);
    // AWS Backup deletes no recovery point that it still makes: the next backup deletes it.
    if (job !== undefined) await (await stack.clients.backup()).stopBackupJob({ BackupJobId: job });
    else if (point !== undefined) await removePair(stack, { uploads: part(point), snapshot: undefined });
    if (snapshot !== undefined) await removeSnapshotWhenPossible(stack, snapshot);
    return error;
  } catch (second) {
    return new Failure(
      `The backup ${id} failed: ${messageOf(error)} Its parts could not be deleted: ${messageOf(second)}`,
      "The next backup deletes them.",
      { cause: error },
    );
  }
}

const part = (arn: string) => ({ arn, status: "", sizeBytes: 0, tags: {} });

async function markFailed({ clients }: Stack, DBSnapshotIdentifier: string): Promise<void> {
  const rds = await clients.rds();
  const { DBSnapshots = [] } = await rds.describeDBSnapshots({ DBSnapshotIdentifier });
  const ResourceName = present(DBSnapshots[0]?.DBSnapshotArn, "the snapshot's ARN");
  await rds.addTagsToResource({ ResourceName, Tags: listOf({ [marks.outcome]: "failed" }) });
}

/** RDS deletes only an available snapshot. Another one is marked as failed, and the next backup deletes it. */
async function removeSnapshotWhenPossible({ clients }: Stack, DBSnapshotIdentifier: string): Promise<void> {
  const { InvalidDBSnapshotStateFault } = await import("@aws-sdk/client-rds");
  try {
    await (await clients.rds()).deleteDBSnapshot({ DBSnapshotIdentifier });
  } catch (error) {
    if (!(error instanceof InvalidDBSnapshotStateFault)) throw error;
  }
}

function stoppedByUser(cause: unknown): Failure {
  return new Failure("The backup was stopped. Nothing of it can be restored.", "Run it again.", { cause });
}

function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`AWS returned no value for ${what}`);
  return value;
}
