/** One thing that is wrong with what the function was given. */
export interface Problem {
  readonly path: string;
  readonly value: unknown;
  readonly allowed: string;
}

/** All of them at once, each with where it is, what stood there and what may. Nothing was launched or ended. */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";

  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    const lines = problems.map(({ path, value, allowed }) => {
      const given = value === undefined ? "missing" : JSON.stringify(value);
      return `  ${path}: ${given} - allowed: ${allowed}`;
    });
    super(`${subject}; nothing was launched or ended.\n${lines.join("\n")}`);
  }
}
