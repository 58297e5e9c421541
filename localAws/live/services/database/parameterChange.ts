import type { Parameters } from "./configuration";
import { quotedName, quotedText } from "./masterUser";

/** The parameters that differ. */
export function changedNames(before: Parameters, after: Parameters): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]);
}

/** Asks the server which of the names it has, and whether they apply without a restart. */
export function kindsQuery(names: readonly string[]): string {
  const list = names.map(quotedText).join(", ");
  const isDynamic = "READ_ONLY = 'NO' AND VARIABLE_SCOPE <> 'SESSION ONLY'";
  return `SELECT LOWER(VARIABLE_NAME), IF(${isDynamic}, 'dynamic', 'static') FROM information_schema.SYSTEM_VARIABLES WHERE VARIABLE_NAME IN (${list})`;
}

export type Kind = "dynamic" | "static" | "unknown";

/** Reads the answer to {@link kindsQuery}. */
export function kindOf(answer: string, name: string): Kind {
  const line = answer.split("\n").find((each) => each.startsWith(`${name}\t`));
  if (line === undefined) return "unknown";
  return line.endsWith("\tdynamic") ? "dynamic" : "static";
}

/** Applies a dynamic parameter. One that left the group gets MariaDB's default. */
export function setStatement(name: string, value: string | undefined): string {
  return `SET GLOBAL ${quotedName(name)} = ${literal(value)}`;
}

function literal(value: string | undefined): string {
  if (value === undefined) return "DEFAULT";
  return /^-?\d+(?:\.\d+)?$/.test(value) ? value : quotedText(value);
}
