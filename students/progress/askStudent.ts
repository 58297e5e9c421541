import { setMaxListeners } from "node:events";

import type { Accounts, OpenedAccount } from "../account/open";
import { reasonOf } from "../account/reasons";
import { withinSeconds } from "../account/timeLimit";
import type { ClassRun } from "../classRun";
import { gradeAccount, pointsOf } from "../grade/grading";
import { look as possessionsOf, ownerOf } from "../guard/look";
import { observe, spendingOf, type Ledger } from "../inventory/spending";
import { rubric } from "../rubric/rubric";
import type { StudentStack } from "../settings/studentSettings";
import { databasesOf } from "../site/databases";
import { isPaused, siteOf } from "../site/site";
import { accountState, type Progress } from "./progress";
import { isFailure, recordedState } from "./recordedState";

export interface AskOptions {
  /** The class's accounts. Its failure is every student's problem. */
  readonly accounts: () => Promise<Accounts>;
  readonly run: Pick<ClassRun, "state">;
  /** What the guards of the class saw, by the students' ids: resources that were deleted since keep their cost. */
  readonly ledgers: () => Promise<ReadonlyMap<string, Ledger>>;
  /** Whether to grade what can be checked without a change. */
  readonly graded: boolean;
  readonly stop: AbortSignal;
}

/** A student's row is ready after this time, also when AWS does not answer. */
const studentSeconds = 90;

type Seen = Pick<Progress, "state" | "detail" | "accountId" | "points" | "cost" | "credentialsExpireAt">;

/** Asks a student's account for its progress. It does not throw: a problem affects only this student. */
export async function askStudent(stack: StudentStack, options: AskOptions): Promise<Progress> {
  const { student, region } = stack;
  const about = { id: student.id, name: student.name, region, askedAt: new Date().toISOString() };
  let known: Pick<Progress, "siteUrl" | "failure"> = { siteUrl: null, failure: null };
  try {
    const recorded = await recordedState(stack, options.run);
    known = { siteUrl: recorded.siteUrl ?? null, failure: recorded.error ?? null };
    // Many questions at once listen for the stop.
    setMaxListeners(0, options.stop);
    const seen = await withinSeconds(studentSeconds, () => look(stack, options), options.stop);
    const state = isFailure(recorded.state) ? recorded.state : seen.state;
    return { ...about, ...known, ...seen, state, problem: null };
  } catch (error) {
    return { ...about, ...known, ...unknown, problem: reasonOf(error) };
  }
}

const unknown = {
  state: "unknown",
  detail: { en: "", ko: "" },
  accountId: null,
  points: null,
  cost: null,
  credentialsExpireAt: null,
} as const satisfies Seen;

async function look(stack: StudentStack, options: AskOptions): Promise<Seen> {
  const { account, expiresAt } = await (await options.accounts()).open(stack);
  try {
    const [site, databases, cost, points] = await Promise.all([
      siteOf(account),
      databasesOf(account),
      costIn(stack, account, options.ledgers),
      options.graded ? pointsIn(account, options.stop) : null,
    ]);
    return {
      ...accountState({
        balancer: site.balancer !== undefined,
        group: site.group !== undefined,
        database: databases.length > 0,
        servers: site.servers.length,
        healthy: site.targets.filter(({ state }) => state === "healthy").length,
        paused: isPaused(site),
      }),
      accountId: account.accountId,
      points,
      cost,
      credentialsExpireAt: expiresAt?.toISOString() ?? null,
    };
  } finally {
    await account.close();
  }
}

async function costIn(
  stack: StudentStack,
  account: OpenedAccount["account"],
  ledgers: AskOptions["ledgers"],
): Promise<Progress["cost"]> {
  const [{ inventory, own }, known] = await Promise.all([
    possessionsOf(account, ownerOf(stack, account)),
    ledgers(),
  ]);
  const spending = spendingOf(observe(known.get(stack.student.id), own, account.now), own);
  const { dollars, dollarsPerHour, unknown: unpriced } = spending;
  return {
    dollars,
    dollarsPerHour,
    unknown: [
      ...unpriced.map(({ kind, detail }) => `${kind} ${detail}`),
      ...inventory.unseen.map(({ kind, reason }) => `${kind}: ${reason}`),
    ],
  };
}

async function pointsIn(account: OpenedAccount["account"], stop: AbortSignal): Promise<Progress["points"]> {
  return pointsOf(await gradeAccount(account, rubric, undefined, stop));
}
