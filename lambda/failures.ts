/** Something that went wrong with one call to EC2, for the report. */
export interface Failure {
  /** What was tried, e.g. `run 2 servers in subnet-0a1b`. */
  readonly what: string;
  /** EC2's code, e.g. `InsufficientInstanceCapacity`. */
  readonly code: string;
  readonly message: string;
}

/** The call did not do all it should; Lambda tries it again, then hands it to the failures' queue. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";

  constructor(readonly failures: readonly Failure[]) {
    super(failures.map(({ what, code, message }) => `${what}: ${code}: ${message}`).join("\n"));
  }
}

/** The same launch was asked for before with other parameters. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

export function failureOf(what: string, error: unknown): Failure {
  if (!(error instanceof Error)) return { what, code: "Unknown", message: String(error) };
  // EC2's own words for it are short of what to do.
  const advice = error.name === "IdempotentParameterMismatch" ? mismatchAdvice : "";
  return { what, code: error.name, message: `${error.message}${advice}` };
}

const mismatchAdvice =
  " This launch was asked for before with other parameters or settings; it cannot be changed: ask for the same, or for another planned time.";

/** Tries every item, whatever happens to the others. */
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
