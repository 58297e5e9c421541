/**
 * An error that the user can fix: it states what is wrong and what to do. It is printed without a stack trace. Every
 * other error is a defect of this program and keeps its trace.
 */
export class Failure extends Error {
  override readonly name = "Failure";

  /**
   * @param problem what was wrong, where, and the value
   * @param remedy what to do
   */
  constructor(
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem} ${remedy}`, options);
  }
}

/** Mistakes in the user's input to a command: exit status 2. */
export class Misuse extends Error {
  override readonly name = "Misuse";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** The message of a thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's error code (`ENOENT`, `ECONNREFUSED`), if the error has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
