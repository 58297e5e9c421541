/** Marks the resources that a local run created, unlike those that a user created in the account. */
export const mark = "npm run local";

const tag = { Key: "MadeBy", Value: mark } as const;

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The mark as a list of tags for AWS's calls. */
export const markTags = [tag];

export function isMarked(tags: readonly Tag[] = []): boolean {
  return tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value);
}

/** Waits for the call, and ignores one error by its name in AWS's API. */
export async function unless(answer: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== answer) throw error;
  }
}
