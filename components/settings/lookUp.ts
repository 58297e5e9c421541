import { ExpectedError } from "./expectedError";

/**
 * The answer of a provider's function. Its failure is an error that the user can fix: a resource that does not exist,
 * or missing credentials.
 * @param need what is looked up and why, and what to do when it is not found.
 * @throws ExpectedError with that and the provider's own message.
 */
export async function lookUp<Answer>(need: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`${need}\n  ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
