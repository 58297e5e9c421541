/** The result of a call, or `undefined` if AWS reports that the resource does not exist. */
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

/** For AWS's responses: in the SDK's types every field is optional, even those that AWS always sends. */
export function sent<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new Error(`AWS answered without ${field}`);
  return value;
}
