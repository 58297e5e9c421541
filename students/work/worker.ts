import "../../engine/patches/singleProgram";

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { Failure, messageOf } from "../../cli/failure";
import { listenForInterrupts } from "../../cli/interrupt";
import type { Screen } from "../../cli/screen";
import type { Violation } from "../../engine/run";
import type { Facts } from "../../local/context";
import { classFolderNamed } from "../classFolder";
import { refusedFailure, renewal } from "../credentials/refused";
import { resolveCredentials } from "../credentials/resolve";
import type { ClassState } from "../state/classState";
import { openClassState } from "../state/openState";
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
const reportedSteps = reportingSteps((text) => {
  send({ kind: "step", text });
});
/** The run that took the student's lock from this one. */
let lostTo: string | undefined;

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
    const place = classFolderNamed(task.localFolder, task.className, task.place.kind);
    const state = await openClassState(place, reportedSteps);
    await interrupt.finishing(() =>
      state.aloneFor(
        task.id,
        `does ${task.operation}`,
        () => recorded(task, state, () => inAccount(task, state, learn)),
        stopWithoutLock,
      ),
    );
    return { kind: "done", report };
  } catch (error) {
    return { kind: "failed", ...explain(error), report };
  }
}

/** Another run works on the stack now: this one ends as after Ctrl-C. */
function stopWithoutLock(taker: string): void {
  lostTo = taker;
  process.kill(process.pid, "SIGTERM");
}

/** Records the operation for `status`, also when this process is killed. */
async function recorded(
  { id, operation }: Task,
  state: ClassState,
  work: () => Promise<void>,
): Promise<void> {
  if (readingOperations.has(operation)) return work();
  const before = await state.record(id);
  const startedAt = new Date().toISOString();
  const paused = before?.pausedAt === undefined ? {} : { pausedAt: before.pausedAt };
  const record = { operation, startedAt, ...paused };
  await state.saveRecord(id, record);
  const ended = () => ({ operation, startedAt, endedAt: new Date().toISOString() });
  try {
    await work();
  } catch (error) {
    await state.saveRecord(id, { ...record, ...ended(), error: messageOf(error) });
    throw error;
  }
  await state.saveRecord(id, {
    ...ended(),
    ...(operation === "pause" ? { pausedAt: before?.pausedAt ?? startedAt } : {}),
  });
}

async function inAccount(task: Task, state: ClassState, learn: Learn): Promise<void> {
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
  const steps = reportedSteps;
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
    if (place.kind === "local") {
      return openLocalAccount(task, place, await state.backend(folders, true), folders, steps, closing);
    }
    const credentials = await resolveCredentials(place.credentials, region);
    const { expiresAt } = credentials;
    if (expiresAt !== undefined) learn({ credentialsExpireAt: expiresAt.toISOString() });
    const backend = await state.backend(folders, place.credentials === undefined);
    return openAwsAccount(task, place.accountId, credentials, backend, folders, steps, note);
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
  if (lostTo !== undefined) {
    return {
      reason: `stopped, because the lock could not be renewed in time and ${lostTo} has it now`,
      remedy: "Wait for that run to end, then run the command again: it resumes.",
    };
  }
  const stopped = interrupt.received();
  if (stopped !== undefined) {
    return { reason: "stopped; finished operations are kept", remedy: "Run the command again: it resumes." };
  }
  if (error instanceof Failure) return { reason: error.problem, remedy: error.remedy };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { reason: trace, remedy: "Run the command again; if the error remains, please report it." };
}
