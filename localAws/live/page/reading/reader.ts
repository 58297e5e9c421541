import { type Answers, noAnswers } from "../model/answers";
import type { Problem } from "../model/page";
import { asksForPatience, problemsOf, type TopicError } from "./problems";
import type { Frequency, Topic } from "./topics";

/** Milliseconds between two questions about a topic. */
export type Pace = Readonly<Record<Frequency, number>>;

/** The emulator answers in milliseconds. */
export const localPace: Pace = { often: 1_000, sometimes: 2_000, seldom: 15_000 };
/** About 100 requests a minute, far below AWS's limits; metrics, which cost $0.01 for 1,000, twice a minute. */
export const accountPace: Pace = { often: 5_000, sometimes: 30_000, seldom: 300_000 };

/** A topic that AWS throttles or refuses is asked about this much more seldom. */
const patience = 6;
/** The two first readings follow each other: some questions need the answers to others. */
const firstRounds = 2;

/** Asks about each topic at its own pace, and keeps the last answers. */
export interface Reader {
  /** Asks about every topic that is due. */
  readonly read: () => Promise<void>;
  readonly answers: () => Answers;
  readonly problems: () => readonly Problem[];
  /** Whether every topic has been asked about. */
  readonly isComplete: () => boolean;
}

export function makeReader(given: {
  readonly topics: readonly Topic[];
  readonly pace: Pace;
  readonly where: "local" | "aws";
  readonly now: () => number;
}): Reader {
  const { topics, pace, where, now } = given;
  let answers: Answers = noAnswers;
  const errors = new Map<string, TopicError>();
  const due = new Map<string, number>();
  let rounds = 0;

  const ask = async (topic: Topic): Promise<void> => {
    const at = now();
    let wait = pace[topic.frequency];
    try {
      const answer = await topic.read(answers);
      answers = { ...answers, ...answer };
      errors.delete(topic.name);
    } catch (error) {
      errors.set(topic.name, { topic: topic.name, error, since: errors.get(topic.name)?.since ?? at });
      if (asksForPatience(error)) wait *= patience;
    }
    due.set(topic.name, rounds < firstRounds ? 0 : at + wait);
  };

  return {
    read: async () => {
      const at = now();
      rounds = Math.min(rounds + 1, firstRounds);
      await Promise.all(topics.filter(({ name }) => (due.get(name) ?? 0) <= at).map(ask));
    },
    answers: () => answers,
    problems: () => problemsOf([...errors.values()], where),
    isComplete: () => rounds >= firstRounds,
  };
}
