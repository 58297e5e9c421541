import type { z } from "zod";

import { nearest } from "./nearest";
import { InvalidSettingsError, type Problem } from "./problem";
import { allPaths, keysAt } from "./schemaAt";

/**
 * Lists everything a schema has against a value, with the value at fault beside each problem.
 * A setting nobody declared is a problem of its own, with the declared ones as what is allowed.
 */
export function problemsIn(schema: z.ZodType, value: unknown, at = ""): readonly Problem[] {
  const result = schema.safeParse(value);
  const problems = result.success
    ? []
    : result.error.issues.flatMap((issue) => toProblems(issue, schema, value, at));
  // One value may fail several checks that allow the same.
  const isSame = (one: Problem, other: Problem) => one.path === other.path && one.allowed === other.allowed;
  return problems.filter((problem, index) => problems.findIndex((each) => isSame(each, problem)) === index);
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

/**
 * A component's plain arguments as its schema settles them. Arguments that the schema does not know come
 * from other resources and are not looked at. To be called before `super()`, so that nothing is registered
 * when something is wrong.
 * @param type the component's class, for the reader of an error.
 * @param name the component's name: the first part of its children's, so it must leave them room.
 * @throws InvalidSettingsError that lists every problem.
 */
export function parseArgs<Schema extends z.ZodObject>(
  type: string,
  name: string,
  schema: Schema,
  args: object,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries<unknown>({ ...args }).filter(([key, value]) => key in schema.shape && value !== undefined),
  );
  const result = schema.safeParse(given);
  const problems = [...nameProblems(name), ...problemsIn(schema, given)];
  if (result.success && problems.length === 0) return result.data;
  throw new InvalidSettingsError(`${type} "${name}"`, problems);
}

/** A load balancer's physical name has 32 characters at most: ours, `-alb` and Pulumi's 8 random ones. */
function nameProblems(name: string): readonly Problem[] {
  if (/^[a-z][a-z0-9-]{0,19}$/.test(name)) return [];
  const allowed = "1 to 20 lower-case letters, digits or -, a letter first";
  return [{ path: "name", value: name, allowed }];
}

function toProblems(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown, at: string): Problem[] {
  const value = valueAt(root, issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: join(at, [...issue.path, key]),
      value: valueAt(root, [...issue.path, key]),
      allowed: `no such setting; ${meant(schema, issue.path.map(String), key)}`,
    }));
  }
  return [{ path: join(at, issue.path), value, allowed: issue.message + quotesHint(issue, value) }];
}

/** What a setting that does not exist was probably meant to be: a near name beside it, or the same name elsewhere. */
function meant(schema: z.ZodType, group: readonly string[], key: string): string {
  const names = keysAt(schema, group);
  if (names.includes(key)) return "it does not go together with the others here";
  const near = nearest(key, names);
  if (near !== undefined) return `did you mean ${near}?`;
  const elsewhere = allPaths(schema).filter((path) => nearest(key, path.slice(-1)) !== undefined);
  const [only] = elsewhere;
  if (only !== undefined && elsewhere.length === 1) return `did you mean ${only.join(".")}?`;
  return names.length > 0 && names.length <= mostListed ? `one of ${names.join(", ")}` : seeTable;
}

/** A longer list helps no one: the table also has the meanings. */
const mostListed = 8;
const seeTable = "docs/settings.md lists all settings";

/** `"2"` where a number is wanted, or `"true"` where a flag is. */
function quotesHint(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code !== "invalid_type" || typeof value !== "string") return "";
  const isNumber = /^(?:number|int)$/.test(issue.expected) && /^-?\d+(?:\.\d+)?$/.test(value);
  const isFlag = issue.expected === "boolean" && /^(?:true|false)$/.test(value);
  return isNumber || isFlag ? ", without quotes" : "";
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
