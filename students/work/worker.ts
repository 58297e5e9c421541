import "../../engine/patches/singleProgram";

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { Failure, messageOf } from "../../cli/failure";
import { listenForInterrupts } from "../../cli/interrupt";
import { tryLock } from "../../cli/lock";
import type { Screen } from "../../cli/screen";
import type { Violation } from "../../engine/run";
import type { Facts } from "../../local/context";
import { refusedFailure, renewal } from "../credentials/refused";
import { resolveCredentials } from "../credentials/resolve";
import { readRecord, writeRecord } from "../record";
import type { Account } from "./account";
import { openAwsAccount } from "./awsAccount";
import { openLocalAccount, type Closing } from "./localAccount";
import { workOf, type Learn } from "./operations";
import { policyRefusal } from "./policyRefusal";
import { reportingSteps } from "./reportingSteps";
import { foldersIn, writeSettings } from "./studentFolders";
import { readingOperations, taskSchema, type Message, type Report, type Task } from "./task";

// A process that works on one student's stack at a time, so that a student's failure does not affect the others.

process.on("disconnect", () => process.exit());
process.on("message", (message) => {
  void work(taskSchema.parse(message)).then(send);
});

const interrupt = listenForInterrupts(() => undefined);

function send(message: Message): void {
  process.send?.(message);
}

/** Does the task. @returns the result; it never throws */
async function work(task: Task): Promise<Message> {
  let report: Report = {};
  const learn: Learn = ({ notes = [], ...more }) => {
    report = { ...report, ...more, notes: [...(report.notes ?? []), ...notes] };
  };
  try {
    await interrupt.finishing(() => locked(task, () => recorded(task, () => inAccount(task, learn))));
    return { kind: "done", report };
  } catch (error) {
    return { kind: "failed", ...explain(error), report };
  }
}

async function locked(task: Task, work: () => Promise<void>): Promise<void> {
  const lock = await tryLock(path.join(task.folder, "lock.json"), `does ${task.operation}`);
  if (!("release" in lock)) {
    throw new Failure(
      `Process ${lock.pid} ${lock.doing} for this student, since ${lock.since}.`,
      "Wait for it to end, or stop it with Ctrl-C in its terminal.",
    );
  }
  try {
    await work();
  } finally {
    await lock.release();
  }
}

/** Records the operation for `status`, also when this process is killed. */
async function recorded({ folder, operation }: Task, work: () => Promise<void>): Promise<void> {
  if (readingOperations.has(operation)) return work();
  const before = await readRecord(folder);
  const startedAt = new Date().toISOString();
  const paused = before?.pausedAt === undefined ? {} : { pausedAt: before.pausedAt };
  const record = { operation, startedAt, ...paused };
  await writeRecord(folder, record);
  const ended = () => ({ operation, startedAt, endedAt: new Date().toISOString() });
  try {
    await work();
  } catch (error) {
    await writeRecord(folder, { ...record, ...ended(), error: messageOf(error) });
    throw error;
  }
  await writeRecord(folder, {
    ...ended(),
    ...(operation === "pause" ? { pausedAt: before?.pausedAt ?? startedAt } : {}),
  });
}

async function inAccount(task: Task, learn: Learn): Promise<void> {
  const messages: string[] = [];
  const violations: Violation[] = [];
  const folders = foldersIn(task.folder, task.localFolder);
  await writeSettings(folders, task);
  await mkdir(task.folder, { recursive: true });
  const logFile = path.join(task.folder, `${task.operation}.log`);
  learn({ log: logFile });
  const log = createWriteStream(logFile);
  const closing: Closing = [
    async () => {
      log.end();
      await once(log, "close");
    },
  ];
  const screen: Screen = {
    live: false,
    print: (text) => {
      log.write(`${text}\n`);
    },
    show: () => undefined,
  };
  const note = (text: string) => {
    learn({ notes: [text] });
  };
  const steps = reportingSteps((text) => {
    send({ kind: "step", text });
  });
  try {
    const account = await openAccount();
    learn({ accountId: account.accountId, resources: account.session.before?.resources.length ?? 0 });
    // Its own signal: its listeners end with the task, not with the process.
    const own = { ...interrupt, signal: AbortSignal.any([interrupt.signal]) };
    await workOf[task.operation](account, { screen, steps, interrupt: own, learn: learnRun }, learn);
  } catch (error) {
    throw refusedFailure(error, messages, renewalFor(task)) ?? policyRefusal(error, violations) ?? error;
  } finally {
    for (const close of closing.reverse()) await close();
  }

  async function openAccount(): Promise<Account> {
    const { place, region } = task;
    if (place.kind === "local") return openLocalAccount(task, place, folders, steps, closing);
    const credentials = await resolveCredentials(place.credentials, region);
    const { expiresAt } = credentials;
    if (expiresAt !== undefined) learn({ credentialsExpireAt: expiresAt.toISOString() });
    return openAwsAccount(task, place.accountId, credentials, folders, steps, note);
  }

  function learnRun(facts: Partial<Pick<Facts, "policies" | "errors" | "violations">>): void {
    const { policies, errors = [], violations: found = [] } = facts;
    if (policies !== undefined) learn({ policies });
    violations.push(...found);
    messages.push(...errors.map(({ message }) => message));
  }
}

/** What to do when AWS refuses a student's credentials. */
function renewalFor({ place }: Task): string {
  if (place.kind === "aws") return renewal(place.credentials);
  return `Restore the key: curl -X POST ${place.emulator.endpoint}/_local/keys/${place.accountId}/valid`;
}

/** A Failure has its own sentence; any other error is a bug, and its trace helps to fix it. */
function explain(error: unknown): { readonly reason: string; readonly remedy: string } {
  const stopped = interrupt.received();
  if (stopped !== undefined) {
    return { reason: "stopped; finished operations are kept", remedy: "Run the command again: it resumes." };
  }
  if (error instanceof Failure) return { reason: error.problem, remedy: error.remedy };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { reason: trace, remedy: "Run the command again; if the error remains, please report it." };
}
