import { waitUntil } from "../wait";

/** Its users are often about to be deleted: AWS takes seconds to delete a network interface. */
const maxSeconds = 60;

/**
 * Deletes a resource as soon as nothing uses it, as AWS refuses to delete a resource in use (`DependencyViolation`). The
 * engine deletes its users at the same time, or AWS does.
 * @throws AWS's error if the resource is still in use after a minute.
 */
export async function onceUnused<Answer>(remove: () => Promise<Answer>): Promise<void> {
  let refusal: unknown;
  const gone = await waitUntil(maxSeconds, async () => {
    try {
      await remove();
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "DependencyViolation") throw error;
      refusal = error;
      return false;
    }
  });
  if (!gone) throw refusal;
}
