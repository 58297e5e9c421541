import { Misuse } from "../../cli/failure";
import { readAdministrator } from "../access/administrator";
import type { Context } from "../context";

/**
 * Prints the administrator's password.
 * @param isTerminal whether a user reads standard output. A file, a pipe or the log of a job would keep the password.
 * @throws Misuse without a terminal, unless the user asks for the plain password
 */
export async function password(
  { conclude, invocation, stack }: Pick<Context, "conclude" | "invocation" | "stack">,
  isTerminal = process.stdout.isTTY,
): Promise<void> {
  if (!isTerminal && !invocation.plain) {
    throw new Misuse([
      "password prints only on a terminal, because a file, a pipe or a log would keep the password. --plain prints it here, too.",
    ]);
  }
  const administrator = await readAdministrator(stack);
  conclude(
    invocation.plain
      ? administrator.password
      : `User      ${administrator.username}\nPassword  ${administrator.password}`,
  );
}
