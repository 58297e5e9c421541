import type { Difference } from "./differences";

/** The shown length of a value. */
const longest = 60;

/**
 * A difference as a line, in Pulumi's own marks: `~ targetValue: 80 => 70`, `+ tags.Team: "web"`, `- tags.Team: "web"`.
 * Of long texts, the part from the first differing character is shown.
 */
export function differenceText({ property, ...values }: Difference): string {
  const hasOld = "old" in values;
  const hasNew = "new" in values;
  if (!hasOld) return `+ ${property}: ${shortened(textOf(values.new), 0)}`;
  if (!hasNew) return `- ${property}: ${shortened(textOf(values.old), 0)}`;
  const [old, now] = [textOf(values.old), textOf(values.new)];
  const start = Math.max(0, firstDifference(old, now) - lead);
  const from = old.length <= longest && now.length <= longest ? 0 : start;
  return `~ ${property}: ${shortened(old, from)} => ${shortened(now, from)}`;
}

/** The number of equal characters shown before the first different one. */
const lead = 15;

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index += 1;
  return index;
}

function shortened(text: string, from: number): string {
  const part = from === 0 ? text : `…${text.slice(from)}`;
  return part.length <= longest ? part : `${part.slice(0, longest)}…`;
}

/** Marks such as `[secret]` are not texts. */
function textOf(value: unknown): string {
  if (typeof value === "string" && /^\[(?:secret|not known yet|file [\da-f]+)\]$/.test(value)) return value;
  return JSON.stringify(value);
}
