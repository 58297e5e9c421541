import type { Credentials } from "../credentials/resolve";

/** Options of AWS's clients. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: Credentials;
  /** For the emulator only. */
  readonly endpoint?: string;
}

/** The answer; undefined after one of these errors. */
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

/** Error codes of a request that the account may not make: they do not answer the question. */
export const notAllowed = ["UnauthorizedOperation", "AccessDenied", "AccessDeniedException"] as const;
