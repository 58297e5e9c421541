import type { MiddlewareStack } from "@smithy/types";

import { makePace, type Pace, type PaceLimits } from "./pace";
import { withinSeconds } from "./timeLimit";

/** The default of {@link Asking.questionSeconds}. */
export const answerSeconds = 20;

/** Calls that only read: AWS's naming convention. */
const reads = /^(?:Describe|Get|List)/;

const calls = new WeakMap<Error, string>();

/** The name of the call that failed with the error, e.g. `DescribeInstances`. AWS's errors do not have it. */
export function callOf(error: unknown): string | undefined {
  return error instanceof Error ? calls.get(error)?.replace(/Command$/, "") : undefined;
}

/** How the clients of one account ask. */
export interface Asking {
  readonly pace: Pace;
  /** How long AWS may take to answer one question, with the SDK's retries. Default: 20. */
  readonly questionSeconds?: number;
  /** Whether a question that was asked before has its former answer. */
  readonly remembers: boolean;
  /** Ends all questions. */
  readonly stop: AbortSignal | undefined;
}

/** For one run that asks an account alone, and wants each answer new. */
export function askingAlone(limits: PaceLimits): Asking {
  return { pace: makePace(limits), remembers: false, stop: undefined };
}

/**
 * Makes a client ask at the account's pace, each question within a time limit, and each reading question only once:
 * all checks of one grading see the same account, and a refused question is refused once.
 */
export function asking<Input extends object, Output extends object, Client>(
  client: Client & { readonly middlewareStack: MiddlewareStack<Input, Output> },
  { pace, questionSeconds = answerSeconds, remembers, stop }: Asking,
): Client {
  const answers = new Map<string, Promise<{ readonly response: unknown; output: Output }>>();
  client.middlewareStack.add(
    (next, { commandName = "" }) => {
      return (args) => {
        const ask = () =>
          pace
            .run(() => withinSeconds(questionSeconds, () => next(args), stop))
            .catch((error: unknown) => {
              if (error instanceof Error) calls.set(error, commandName);
              throw error;
            });
        if (!remembers || !reads.test(commandName)) return ask();
        const key = `${commandName} ${JSON.stringify(args.input)}`;
        const answer = answers.get(key) ?? ask();
        answers.set(key, answer);
        return answer;
      };
    },
    { step: "initialize", name: "asking" },
  );
  return client;
}
