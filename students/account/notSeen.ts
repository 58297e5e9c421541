import type { Text } from "../language/text";

/** Something could not be seen, for a reason that is no mistake of the student. */
export class NotSeenError extends Error {
  override readonly name = "NotSeenError";

  /** @param next what to do about it, in one sentence */
  constructor(
    readonly reason: Text,
    readonly next: Text,
    options?: ErrorOptions,
  ) {
    super(reason.en, options);
  }
}
