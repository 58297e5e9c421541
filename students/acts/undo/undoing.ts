import path from "node:path";

import { messageOf } from "../../../cli/failure";
import { tryLock } from "../../../cli/lock";
import type { StudentAccount } from "../../account/account";
import { NotSeenError } from "../../account/notSeen";
import type { Text } from "../../language/text";
import type { Acting } from "../../rubric/exercise";
import { removeRecord, storedRecords, storeRecord, type StoredRecord, type UndoStep } from "./record";
import { undo } from "./undo";

/** What an act of a check works with. */
export interface Act extends Acting {
  readonly account: StudentAccount;
  /** Notes how to undo the next change. Call it before each change. */
  readonly willChange: (step: UndoStep) => Promise<void>;
}

/**
 * Runs a check that changes an account, and undoes all changes at its end: also after an error or a stop. After a
 * crash, {@link undoInterrupted} does it from the records.
 *
 * @throws NotSeenError when another process acts on this account, the check was stopped, or a change could not be undone
 */
export async function undoing<Result>(
  given: StudentAccount,
  acting: Acting,
  exercise: string,
  work: (act: Act) => Promise<Result>,
): Promise<Result> {
  const lock = await tryLock(path.join(acting.folder, "act.lock"), exercise);
  if (!("release" in lock)) throw otherActs(lock);
  const account = given.fresh();
  const records: StoredRecord[] = [];
  try {
    await undoAll(account, await storedRecords(acting.folder));
    return await work({
      ...acting,
      account,
      willChange: async (step) => {
        const { accountId, region } = account;
        const since = new Date().toISOString();
        records.push(await storeRecord(acting.folder, { exercise, accountId, region, since, step }));
      },
    });
  } catch (error) {
    throw acting.stop.aborted ? stopped(error) : error;
  } finally {
    try {
      await undoAll(account, records);
    } finally {
      await account.close();
      await lock.release();
    }
  }
}

/**
 * Undoes what a killed check left. Call it before a grading, which would otherwise see the changed account.
 *
 * @returns what was undone
 * @throws NotSeenError when another process acts on this account now, or a change could not be undone
 */
export async function undoInterrupted(given: StudentAccount, folder: string): Promise<readonly Text[]> {
  if ((await storedRecords(folder)).length === 0) return [];
  const lock = await tryLock(path.join(folder, "act.lock"), "undoes an interrupted check");
  if (!("release" in lock)) throw otherActs(lock);
  const account = given.fresh();
  try {
    return await undoAll(account, await storedRecords(folder));
  } finally {
    await account.close();
    await lock.release();
  }
}

/** Undoes the newest change first, and goes through all of them even when one fails. */
async function undoAll(account: StudentAccount, records: readonly StoredRecord[]): Promise<readonly Text[]> {
  const done: Text[] = [];
  const failures: unknown[] = [];
  for (const record of records.toReversed()) {
    try {
      if (isOf(account, record)) done.push(await undo(account, record));
      else continue;
      await removeRecord(record);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw notUndone(failures);
  return done;
}

/** Credentials of another account, after a change of the roster, cannot undo it. */
function isOf({ accountId, region }: StudentAccount, record: StoredRecord): boolean {
  return accountId === record.accountId && region === record.region;
}

function otherActs({ doing, pid, since }: { doing: string; pid: number; since: string }): NotSeenError {
  return new NotSeenError(
    {
      en: `another command (process ${pid}) changes this account since ${since}: ${doing}`,
      ko: `다른 명령(프로세스 ${pid})이 ${since}부터 이 계정을 변경하는 중: ${doing}`,
    },
    { en: "Grade again when that command has ended.", ko: "그 명령이 끝난 뒤 다시 채점합니다." },
  );
}

function stopped(cause: unknown): NotSeenError {
  return new NotSeenError(
    {
      en: "the check was stopped before its end, and its changes were undone",
      ko: "검사가 끝나기 전에 중지되어 변경한 것을 되돌림",
    },
    {
      en: "Grade again with --act, without stopping it.",
      ko: "--act로 다시 채점하고 끝날 때까지 기다립니다.",
    },
    { cause },
  );
}

function notUndone(failures: readonly unknown[]): NotSeenError {
  const reasons = failures.map(messageOf).join("; ");
  return new NotSeenError(
    {
      en: `a change of this check could not be undone: ${reasons}`,
      ko: `이 검사가 바꾼 것을 되돌리지 못함: ${reasons}`,
    },
    {
      en: "Run the same command again with valid credentials: it undoes the change first.",
      ko: "유효한 자격 증명으로 같은 명령을 다시 실행합니다. 먼저 변경을 되돌립니다.",
    },
    { cause: new AggregateError(failures) },
  );
}
