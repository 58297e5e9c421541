import { setTimeout as sleep } from "node:timers/promises";

import { noAnswers } from "./model/answers";
import { type Change, differenceOf } from "./model/change";
import { changesBetween, type Observation } from "./model/observed";
import { paceSentences } from "./model/pace";
import type { About, Mail, PageState, Problem, TimelineEntry } from "./model/page";
import { pageOf } from "./model/snapshot";
import type { Readers } from "./reading/clients";
import type { WatchedStack } from "./reading/names";
import { problemsOf, type TopicError } from "./reading/problems";
import { makeReader, type Pace, type Reader } from "./reading/reader";
import { topicsOf } from "./reading/topics";

/** The page of one stack, kept up to date while it has followers. */
export interface Watch {
  /** The whole page; undefined before AWS's first answers. */
  readonly state: () => PageState | undefined;
  /** Calls the listener after each change; the first one is the whole page. @returns how to end it */
  readonly follow: (listener: (change: Change) => void) => () => void;
  /** Reads again at once: after an action. */
  readonly hurry: () => void;
  /** Calls no listener and starts no reading after this. @returns after the last answer to a question that was open */
  readonly stop: () => Promise<void>;
}

/** What the live region adds to AWS's answers. */
export interface RegionView {
  /**
   * Calls the listener with every event and the id of its resource, also with those before. The region runs all stacks
   * of an emulator.
   *
   * @returns how to end it
   */
  readonly listen: (listener: (entry: TimelineEntry, resourceId: string) => void) => () => void;
  readonly mail: () => Promise<readonly Mail[]>;
}

export interface WatchOptions {
  readonly about: Omit<About, "siteUrl" | "pace">;
  readonly readers: Readers;
  /** Where the stack's parts are now; undefined while there is no site. */
  readonly locate: () => Promise<WatchedStack | undefined>;
  readonly pace: Pace;
  readonly region?: RegionView | undefined;
  readonly now?: () => number;
}

/** The page shows at most 200 entries of the timeline. */
const keptEntries = 200;
/** Of all stacks. */
const keptEvents = 1_000;
/** A browser that reloads comes back within this time, and finds the page up to date. */
const lingerMilliseconds = 20_000;

export function makeWatch(options: WatchOptions): Watch {
  const { pace, now = Date.now } = options;
  const page = pageMaker({ ...options, now });
  const followers = new Set<(change: Change) => void>();
  let stopped = false;
  const hasEnded = (): boolean => stopped;
  let running: Promise<void> | undefined;
  let lastFollowed = 0;
  let state: PageState | undefined;
  let pause = new AbortController();

  const isWanted = (): boolean =>
    !stopped && (followers.size > 0 || now() - lastFollowed < lingerMilliseconds);

  const run = async (): Promise<void> => {
    while (isWanted()) {
      pause = new AbortController();
      const next = await page.read(hasEnded);
      if (hasEnded()) break;
      if (next !== undefined) {
        const change = differenceOf(state, next);
        state = next;
        if (Object.keys(change).length > 0) for (const follower of followers) follower(change);
      }
      await sleep(pace.often, undefined, { signal: pause.signal }).catch(() => undefined);
    }
    running = undefined;
  };

  return {
    state: () => state,
    follow: (listener) => {
      followers.add(listener);
      if (state !== undefined) listener(state);
      running ??= run();
      return () => {
        followers.delete(listener);
        lastFollowed = now();
      };
    },
    hurry: () => {
      pause.abort();
    },
    stop: async () => {
      stopped = true;
      page.stop();
      pause.abort();
      await running;
    },
  };
}

/** Reads AWS, and remembers what AWS keeps no history of. */
function pageMaker({
  about,
  readers,
  locate,
  pace,
  region,
  now,
}: WatchOptions & { readonly now: () => number }) {
  let stack: WatchedStack | undefined;
  let reader: Reader | undefined;
  let observation: Observation | undefined;
  let seen: readonly TimelineEntry[] = [];
  let mail: readonly Mail[] | null = null;
  const errors = new Map<string, TopicError>();

  const remember = (entries: readonly TimelineEntry[]): void => {
    seen = [...seen, ...entries].slice(-keptEntries);
  };
  let events: readonly { readonly entry: TimelineEntry; readonly resourceId: string }[] = [];
  const stopListening = region?.listen((entry, resourceId) => {
    events = [...events, { entry, resourceId }].slice(-keptEvents);
  });
  const ids = new Set<string>();
  /** Events of the stack's own resources. */
  const ownEvents = (): readonly TimelineEntry[] => {
    for (const { InstanceId = "" } of reader?.answers().instances ?? []) ids.add(InstanceId);
    for (const id of [stack?.databaseId, stack?.targetGroupArn]) if (id !== undefined) ids.add(id);
    return events.flatMap(({ entry, resourceId }) => (ids.has(resourceId) ? entry : []));
  };

  const noting = async (topic: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      errors.delete(topic);
    } catch (error) {
      errors.set(topic, { topic, error, since: errors.get(topic)?.since ?? now() });
    }
  };

  const locateStack = async (): Promise<void> => {
    const found = await locate();
    if (JSON.stringify(found) === JSON.stringify(stack)) return;
    stack = found;
    observation = undefined;
    reader =
      found === undefined
        ? undefined
        : makeReader({ topics: topicsOf(readers, found, now), pace, where: about.where, now });
  };

  const problems = (): readonly Problem[] => [
    ...problemsOf([...errors.values()], about.where),
    ...(reader?.problems() ?? []),
  ];

  const pageNow = (): PageState =>
    pageOf(reader?.answers() ?? noAnswers, {
      about: {
        ...about,
        siteUrl: stack?.siteUrl ?? null,
        pace: stack === undefined ? [] : paceSentences(about.where, stack.secondsPerMinute),
      },
      problems: problems(),
      seen: [...seen, ...ownEvents()],
      mail,
    });

  return {
    /** @returns undefined before the first answers are complete, and when the watch has ended */
    read: async (hasEnded: () => boolean): Promise<PageState | undefined> => {
      await noting("the stack", locateStack);
      if (hasEnded()) return undefined;
      await reader?.read();
      if (hasEnded()) return undefined;
      if (region !== undefined) {
        await noting("the mailbox", async () => {
          mail = await region.mail();
        });
      }
      if (reader?.isComplete() === false) return undefined;
      const { servers, group, database } = pageNow();
      const next: Observation = { at: now(), servers, group, database };
      if (observation !== undefined) remember(changesBetween(observation, next, region !== undefined));
      observation = next;
      return pageNow();
    },
    stop: () => stopListening?.(),
  };
}
