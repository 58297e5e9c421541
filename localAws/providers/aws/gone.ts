/** The answer of a call, or nothing when AWS says that what it asks about does not exist. */
export async function unlessGone<Answer>(
  call: Promise<Answer>,
  ...errorNames: readonly string[]
): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && errorNames.includes(error.name)) return undefined;
    throw error;
  }
}

/** For AWS's answers: the SDK types every field as optional, also those that AWS always sends. */
export function sent<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new Error(`AWS answered without ${field}`);
  return value;
}
