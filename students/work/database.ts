import { setTimeout as sleep } from "node:timers/promises";

import { counted } from "../../cli/counted";
import { Failure } from "../../cli/failure";
import type { EngineContext } from "../../engine/engineRun";
import type { Account } from "./account";

/** AWS starts a stopped database again after this many days, by itself, to keep it patched. */
export const stoppedForDaysAtMost = 7;

const pollMilliseconds = 5_000;
/** A start usually takes 5 to 10 minutes. */
const patienceMilliseconds = 30 * 60_000;

/** Stops the stack's running database, if any. @returns a note for the instructor */
export async function stopDatabase(account: Account, { steps }: EngineContext): Promise<string[]> {
  const identifier = databaseOf(account);
  if (identifier === undefined) return [];
  await steps.run("stopping the database", async (say) => {
    if ((await atRest(account, identifier, say)) !== "available") return;
    const rds = await account.databases();
    await rds.stopDBInstance({ DBInstanceIdentifier: identifier });
  });
  const restart = new Date(Date.now() + stoppedForDaysAtMost * 24 * 60 * 60_000);
  return [
    `The database is stopped; AWS starts it again, and charges for it, after ${counted(stoppedForDaysAtMost, "day")}: ` +
      `resume, pause again or destroy before ${restart.toISOString().slice(0, 10)}.`,
  ];
}

/** Starts the stack's stopped database, and waits until it is available. */
export async function startDatabase(account: Account, { steps }: EngineContext): Promise<void> {
  const identifier = databaseOf(account);
  if (identifier === undefined) return;
  await steps.run("waiting for the database", async (say) => {
    if ((await atRest(account, identifier, say)) !== "stopped") return;
    const rds = await account.databases();
    await rds.startDBInstance({ DBInstanceIdentifier: identifier });
    await atRest(account, identifier, say);
  });
}

/** Waits while the database changes its status: RDS refuses requests then. */
async function atRest(
  account: Account,
  identifier: string,
  say: (status: string) => void,
): Promise<string | undefined> {
  const deadline = Date.now() + patienceMilliseconds;
  for (;;) {
    const status = await statusOf(account, identifier);
    if (status === undefined || status === "available" || status === "stopped") return status;
    if (Date.now() > deadline) throw tooLong(identifier, status);
    say(status);
    await sleep(pollMilliseconds);
  }
}

/** Undefined when it was deleted outside of Pulumi: the next update creates it again. */
async function statusOf({ databases }: Account, identifier: string): Promise<string | undefined> {
  try {
    const rds = await databases();
    const answer = await rds.describeDBInstances({ DBInstanceIdentifier: identifier });
    return answer.DBInstances?.[0]?.DBInstanceStatus;
  } catch (error) {
    if (error instanceof Error && error.name === "DBInstanceNotFoundFault") return undefined;
    throw error;
  }
}

function databaseOf({ session: { before } }: Account): string | undefined {
  const database = before?.resources.find(({ type }) => type === "aws:rds/instance:Instance");
  const identifier = database?.outputs["identifier"];
  return typeof identifier === "string" ? identifier : undefined;
}

function tooLong(identifier: string, status: string): Failure {
  return new Failure(
    `The database ${identifier} has been ${status} for too long.`,
    "Check it in the RDS console; when it is available or stopped, run the command again.",
  );
}
