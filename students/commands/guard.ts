import { atOnce } from "../account/atOnce";
import type { OpenedAccount } from "../account/open";
import { accountsOf } from "../account/open";
import { reasonOf } from "../account/reasons";
import { repository } from "../classRun";
import { statusOf, useOf, type Use } from "../guard/budget";
import { keepLedgers, readLedgers, type Sighting } from "../guard/ledgers";
import { look, ownerOf, type Possessions } from "../guard/look";
import { stopAll, toStop, type Stopped } from "../guard/stop";
import { observe, spendingOf, type Ledger, type Spending } from "../inventory/spending";
import type { StudentStack } from "../settings/studentSettings";
import { guardFacts, guardText, type GuardedStudent } from "../ui/guardText";
import type { CommandContext, Outcome } from "./context";
import { withStack } from "./withStack";
import { workOn } from "./work";

/** Most of a look at an account waits for AWS, so more students at once than cores. */
const studentsAtOnce = 8;

/** The account of a student, as the guard saw it, or the reason why it did not. */
type Seen =
  | (Possessions & { readonly spending: Spending; readonly use: Use; readonly ledger: Ledger })
  | { readonly reason: string; readonly next: string };

/**
 * Compares what each account has cost with the student's budget and end, by the account's resources and their ages. With
 * `--pause`, accounts over a limit are paused: the stack by the engine, what was made by hand through AWS's APIs.
 */
export async function guard(context: CommandContext): Promise<Outcome> {
  const { invocation, run, stop } = context;
  const size = invocation.parallel ?? studentsAtOnce;
  const accounts = await accountsOf({
    ...run,
    repository,
    local: invocation.local,
    now: new Date(),
    stop,
  });
  const ledgers = new Map<string, Ledger>(await readLedgers(run.state));
  const lookAll = (stacks: readonly StudentStack[]) =>
    atOnce(stacks, size, (stack) => see(ledgers, stack, () => accounts.open(stack)), stop);

  const before = await lookAll(run.stacks);
  const seen = new Map(run.stacks.map((stack, index) => [stack, before[index] ?? notStarted] as const));
  const over = run.stacks.filter((stack) => isOver(seen.get(stack)));
  const pausing = invocation.pause === true ? over : [];
  const paused = await pauseAll(context, pausing, (stack) => accounts.open(stack));
  const after = await lookAll(pausing);
  pausing.forEach((stack, index) => seen.set(stack, after[index] ?? notStarted));

  const reported = await keepLedgers(run.state, sightingsOf(seen));
  const students = run.stacks.map((stack) => ({
    ...guarded(stack, seen.get(stack) ?? notStarted, paused.get(stack)),
    reportedAt: reported.get(stack.student.id),
  }));
  const failed = students.some(({ failure, refused }) => failure !== undefined || refused.length > 0);
  const levels = students.flatMap(({ use, reportedAt }) =>
    use === undefined ? [] : [{ level: use.level, isNew: reportedAt === undefined }],
  );
  return {
    ok: !failed,
    status: failed ? 1 : statusOf(levels),
    text: guardText(students, invocation),
    facts: { students: students.map(guardFacts) },
  };
}

function sightingsOf(seen: ReadonlyMap<StudentStack, Seen>): readonly Sighting[] {
  return [...seen].flatMap(([{ student }, each]) =>
    "use" in each ? [{ id: student.id, ledger: each.ledger, own: each.own, level: each.use.level }] : [],
  );
}

const notStarted: Seen = { reason: "not started", next: "Run the command again." };

function isOver(seen: Seen | undefined): boolean {
  return seen !== undefined && "use" in seen && seen.use.level === "over";
}

/** Looks at an account, and adds what it has to the student's ledger. It does not throw. */
async function see(
  ledgers: Map<string, Ledger>,
  stack: StudentStack,
  open: () => Promise<OpenedAccount>,
): Promise<Seen> {
  const { student, settings } = stack;
  try {
    const { account } = await open();
    try {
      const found = await look(account, ownerOf(stack, account));
      const { own, inventory } = found;
      const ledger = observe(ledgers.get(student.id), own, inventory.at);
      ledgers.set(student.id, ledger);
      const spending = spendingOf(ledger, own);
      const limits = { budgetDollars: student.budgetDollars, endsAt: settings.lifetime.endsAt };
      return { ...found, ledger, spending, use: useOf(spending, limits, toStop(own), inventory.at) };
    } finally {
      await account.close();
    }
  } catch (error) {
    const { reason, next } = reasonOf(error);
    return { reason: reason.en, next: next.en };
  }
}

/** How the pause of one account ended. */
interface Pausing {
  /** Why the engine did not pause the stack. */
  readonly failure: string | undefined;
  readonly stopped: readonly Stopped[];
}

/** Pauses the stacks that the engine knows, then stops what still runs. */
async function pauseAll(
  context: CommandContext,
  stacks: readonly StudentStack[],
  open: (stack: StudentStack) => Promise<OpenedAccount>,
): Promise<ReadonlyMap<StudentStack, Pausing>> {
  if (stacks.length === 0) return new Map();
  const known = (await withStack(context.run)).filter((stack) => stacks.includes(stack));
  const endings = await workOn(context, "pause", known);
  const pausings = await atOnce(
    stacks,
    studentsAtOnce,
    async (stack): Promise<Pausing> => {
      const ended = endings.get(stack.student.id);
      const failure = ended?.kind === "failed" ? `${ended.reason} ${ended.remedy}` : undefined;
      return { failure, stopped: await stopRest(stack, () => open(stack)) };
    },
    context.stop,
  );
  return new Map(
    stacks.flatMap((stack, index) => {
      const pausing = pausings[index];
      return pausing === undefined ? [] : [[stack, pausing] as const];
    }),
  );
}

async function stopRest(
  stack: StudentStack,
  open: () => Promise<OpenedAccount>,
): Promise<readonly Stopped[]> {
  const { account } = await open();
  const clients = account.fresh();
  try {
    const { own } = await look(clients, ownerOf(stack, account));
    return await stopAll(clients, toStop(own));
  } finally {
    await clients.close();
    await account.close();
  }
}

function guarded(
  { student, settings }: StudentStack,
  seen: Seen,
  pausing: Pausing | undefined,
): GuardedStudent {
  const about = {
    id: student.id,
    name: student.name,
    budgetDollars: student.budgetDollars,
    endsAt: settings.lifetime.endsAt,
    pausedNow: pausing !== undefined,
    refused: (pausing?.stopped ?? []).filter(({ refused }) => refused !== undefined),
  };
  if (!("use" in seen)) return { ...about, failure: { reason: seen.reason, next: seen.next } };
  const { use, spending, inventory } = seen;
  return { ...about, use, spending, unseen: inventory.unseen, failure: engineFailure(pausing) };
}

function engineFailure(pausing: Pausing | undefined) {
  if (pausing?.failure === undefined) return undefined;
  return { reason: pausing.failure, next: "Its servers and its database were stopped without the engine." };
}
