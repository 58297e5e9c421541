import { ExpectedError } from "./expectedError";

/**
 * The result of a provider's function. The user can fix its failure: a resource that does not exist, or missing
 * credentials.
 * @param need what is looked up and why, and what to do when it is not found.
 * @throws ExpectedError with `need` and the provider's own message.
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
