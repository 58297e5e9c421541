/** One error in the function's input. */
export interface Problem {
  readonly path: string;
  readonly value: unknown;
  readonly allowed: string;
}

/** Lists every problem with its place, its value and what is allowed. No server was launched or terminated. */
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
    super(`${subject}; nothing was launched or terminated.\n${lines.join("\n")}`);
  }
}
