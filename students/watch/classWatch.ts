import type { Progress } from "../progress/progress";

/** The progress of a class, kept up to date while it has followers. */
export interface ClassWatch {
  /** What is known so far, in the roster's order. */
  readonly state: () => readonly Progress[];
  /** Calls the listener after each student's change. @returns how to end it */
  readonly follow: (listener: (progress: Progress) => void) => () => void;
  /** Asks no more. @returns after the last open question */
  readonly stop: () => Promise<void>;
}

export interface ClassWatchOptions<Student extends { readonly id: string }> {
  readonly students: readonly Student[];
  /** Asks one student's account; it does not throw. */
  readonly ask: (student: Student) => Promise<Progress>;
  /** The time between the questions to one account. */
  readonly intervalMilliseconds: number;
  /** How many accounts are asked at once. */
  readonly size: number;
  readonly now?: () => number;
}

/** An account that does not answer is asked more slowly, up to this multiple of the interval. */
const slowest = 8;
/** How often the watch looks whose turn it is. */
const tickMilliseconds = 250;

/** Asks the accounts in turn. Each one has its own interval, so a slow account does not delay the others. */
export function makeClassWatch<Student extends { readonly id: string }>(
  options: ClassWatchOptions<Student>,
): ClassWatch {
  const { students, ask, intervalMilliseconds, size, now = Date.now } = options;
  const known = new Map<string, Progress>();
  const due = new Map(students.map(({ id }) => [id, { at: 0, factor: 1 }]));
  const asking = new Map<string, Promise<void>>();
  const followers = new Set<(progress: Progress) => void>();
  let timer: NodeJS.Timeout | undefined;

  const askOne = async (student: Student): Promise<void> => {
    const progress = await ask(student);
    const before = known.get(student.id);
    const { factor = 1 } = due.get(student.id) ?? {};
    const next = progress.problem === null ? 1 : Math.min(slowest, factor * 2);
    due.set(student.id, { at: now() + intervalMilliseconds * next, factor: next });
    const shown = kept(before, progress);
    known.set(student.id, shown);
    asking.delete(student.id);
    if (followers.size === 0 || (before !== undefined && isSame(before, shown))) return;
    for (const follower of followers) follower(shown);
  };
  const tick = (): void => {
    const turn = students
      .filter(({ id }) => !asking.has(id) && (due.get(id)?.at ?? 0) <= now())
      .toSorted((a, b) => (due.get(a.id)?.at ?? 0) - (due.get(b.id)?.at ?? 0));
    for (const student of turn.slice(0, Math.max(0, size - asking.size))) {
      asking.set(student.id, askOne(student));
    }
  };
  const end = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    state: () => students.flatMap(({ id }) => known.get(id) ?? []),
    follow: (listener) => {
      followers.add(listener);
      if (timer === undefined) {
        timer = setInterval(tick, tickMilliseconds);
        tick();
      }
      return () => {
        followers.delete(listener);
        if (followers.size === 0) end();
      };
    },
    stop: async () => {
      followers.clear();
      end();
      await Promise.all(asking.values());
    },
  };
}

/** An account that does not answer keeps its last known values; the problem shows that they are old. */
function kept(before: Progress | undefined, progress: Progress): Progress {
  if (before === undefined || progress.problem === null) return progress;
  const { points, cost, credentialsExpireAt, accountId } = before;
  return { ...progress, points, cost, credentialsExpireAt, accountId };
}

function isSame(before: Progress, progress: Progress): boolean {
  const atOneTime = (each: Progress) => JSON.stringify({ ...each, askedAt: "" });
  return atOneTime(before) === atOneTime(progress);
}
