import type { z } from "zod";

import { InvalidSettingsError, type Problem } from "./problem";

/**
 * Lists everything a schema has against a value, with the value at fault beside each problem.
 * A setting nobody declared is a problem of its own, with the declared ones as what is allowed.
 */
export function problemsIn(schema: z.ZodType, value: unknown, at = ""): readonly Problem[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((issue) => toProblems(issue, value, at));
}

/** The value as the schema settles it (defaults filled in), or one error that lists every problem. */
export function parseSettings<Schema extends z.ZodType>(
  subject: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidSettingsError(subject, problemsIn(schema, value));
}

function toProblems(issue: z.core.$ZodIssue, root: unknown, at: string): Problem[] {
  if (issue.code === "unrecognized_keys") {
    const known = "no such setting; see the settings table in README.md";
    return issue.keys.map((key) => ({
      path: join(at, [...issue.path, key]),
      value: valueAt(root, [...issue.path, key]),
      allowed: known,
    }));
  }
  return [{ path: join(at, issue.path), value: valueAt(root, issue.path), allowed: issue.message }];
}

function join(at: string, path: readonly PropertyKey[]): string {
  return [at, ...path.map(String)].filter((part) => part !== "").join(".");
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}
