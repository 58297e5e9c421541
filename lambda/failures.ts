/** A failed request to EC2, for the report. */
export interface Failure {
  /** The attempted action, e.g. `start 2 in subnet-0a1b`. */
  readonly what: string;
  /** EC2's code, e.g. `InsufficientInstanceCapacity`. */
  readonly code: string;
  readonly message: string;
}

/** A part of the work failed. Lambda retries the event, then sends it to the failures queue. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";

  constructor(readonly failures: readonly Failure[]) {
    super(failures.map(({ what, code, message }) => `${what}: ${code}: ${message}`).join("\n"));
  }
}

/** The same launch was requested before with other parameters. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

export function failureOf(what: string, error: unknown): Failure {
  if (!(error instanceof Error)) return { what, code: "Unknown", message: String(error) };
  // EC2's message does not include what to do.
  const advice = error.name === "IdempotentParameterMismatch" ? mismatchAdvice : "";
  return { what, code: error.name, message: `${error.message}${advice}` };
}

const mismatchAdvice =
  " This launch was requested before with other parameters or settings, and a launch cannot change: repeat it with the same ones, or use another planned time.";

/** Attempts every item, even if others fail. */
export async function tryEach<Item, Done>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  attempt: (item: Item) => Promise<Done>,
): Promise<{ readonly done: readonly Done[]; readonly failures: readonly Failure[] }> {
  const results = await Promise.allSettled(items.map(attempt));
  return {
    done: results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])),
    failures: results.flatMap((result, place) => {
      const item = items[place];
      return result.status === "rejected" && item !== undefined
        ? [failureOf(nameOf(item), result.reason)]
        : [];
    }),
  };
}
