import type { z } from "zod";

/** Properties as the engine takes them: without `undefined`. */
export type Wire = Readonly<Record<string, string | number | boolean | Readonly<Record<string, string>>>>;

type Loosely<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

export function toWire(properties: Loosely<Wire>): Wire {
  const defined = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(defined);
}

/** @throws Error for properties that the resource's class does not send */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`The properties do not fit the resource: ${problems.join("; ")}`);
}

/** The provider's result of `check`: the unchanged inputs, and each problem with its property. */
export function checkAgainst(schema: z.ZodType, inputs: unknown) {
  const result = schema.safeParse(inputs);
  const failures = result.success
    ? []
    : result.error.issues.map(({ path, message }) => ({ property: path.join("."), reason: message }));
  return Promise.resolve({ inputs, failures });
}
