import { z } from "zod";

export { z };

/** The value in the text if it is JSON and matches the schema; else undefined. */
export function parseJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
