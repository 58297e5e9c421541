import type { Credentials } from "../credentials/resolve";

/** What AWS's clients take. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: Credentials;
  /** Only for an AWS that is none. */
  readonly endpoint?: string;
}

/** The answer, or undefined when it is one of these errors. */
export async function answered<Answer>(
  call: Promise<Answer>,
  ...names: readonly string[]
): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (names.includes(nameOf(error))) return undefined;
    throw error;
  }
}

/** AWS's code of an error. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** What services say when the account may not ask: that answers nothing about what was asked. */
export const notAllowed = ["UnauthorizedOperation", "AccessDenied", "AccessDeniedException"] as const;
