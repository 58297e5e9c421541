import type { z } from "zod";

import { nearest } from "./nearest";
import { InvalidSettingsError, type Problem } from "./problem";
import { allPaths, keysAt } from "./schemaAt";

/**
 * Lists all problems that a schema finds in a value, each with the wrong value. A setting that the schema does not have
 * is a problem, too.
 */
export function problemsIn(schema: z.ZodType, value: unknown, at = ""): readonly Problem[] {
  const result = schema.safeParse(value);
  const problems = result.success
    ? []
    : result.error.issues.flatMap((issue) => toProblems(issue, schema, value, at));
  // One value may fail several checks with the same message.
  const isSame = (one: Problem, other: Problem) => one.path === other.path && one.allowed === other.allowed;
  return problems.filter((problem, index) => problems.findIndex((each) => isSame(each, problem)) === index);
}

/** The value with the schema's defaults. @throws InvalidSettingsError that lists every problem. */
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
 * A component's plain arguments with the schema's defaults. Arguments that the schema does not have come from other
 * resources and are not checked here. Must be called before `super()`, so that nothing is registered when an argument is
 * wrong.
 * @param type the component's class, for the error.
 * @param name the component's name. The names of its children start with it, so its length is limited.
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

/** The physical name of a load balancer has at most 32 characters: this name, `-alb` and Pulumi's 8 random ones. */
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

/** A suggestion for a setting that does not exist: a similar name in the same group, or the same name in another group. */
function meant(schema: z.ZodType, group: readonly string[], key: string): string {
  const names = keysAt(schema, group);
  if (names.includes(key)) return "it does not apply together with the other settings of this group";
  const near = nearest(key, names);
  if (near !== undefined) return `did you mean ${near}?`;
  const elsewhere = allPaths(schema).filter((path) => nearest(key, path.slice(-1)) !== undefined);
  const [only] = elsewhere;
  if (only !== undefined && elsewhere.length === 1) return `did you mean ${only.join(".")}?`;
  return names.length > 0 && names.length <= mostListed ? `one of ${names.join(", ")}` : seeTable;
}

/** For a longer list, the message names the page that also has the meanings. */
const mostListed = 8;
const seeTable = "docs/settings.md lists all settings";

/** For `"2"` in place of a number, or `"true"` in place of a flag. */
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
