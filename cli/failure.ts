/**
 * Something a person can put right: one sentence that says what was wrong, and what to do about it.
 * It is printed without a stack trace; every other error is a fault of ours and keeps its trace.
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

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's word for what failed (`ENOENT`, `ECONNREFUSED`), when there is one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
