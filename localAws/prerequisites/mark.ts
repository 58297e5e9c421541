/** Tells what a local run put into an account from what its user made there by hand. */
export const mark = "npm run local";

const tag = { Key: "MadeBy", Value: mark } as const;

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** As AWS's calls take tags. */
export const markTags = [tag];

export function isMarked(tags: readonly Tag[] = []): boolean {
  return tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value);
}

/** Does it, and takes this one answer, by its name in AWS's API, for done. */
export async function unless(answer: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== answer) throw error;
  }
}
