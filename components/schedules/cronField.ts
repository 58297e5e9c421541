import type { Problem } from "../settings/problem";

/** A field of a cron expression that contains numbers. */
export interface CronField {
  /** Its name in AWS's documentation, e.g. `day-of-month`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the numbers, starting with `min`, e.g. JAN to DEC. */
  readonly words?: readonly string[];
  /** Whether AWS accepts `start/step` here. */
  readonly steps: boolean;
  /** Whether a range may wrap around, e.g. FRI-MON or 22-2. Years do not wrap around. */
  readonly wraps: boolean;
}

/** The result of parsing a text: its value, or all its problems. */
export type Parsed<Value> = { readonly value: Value } | { readonly problems: readonly Problem[] };

/** The numbers of a list such as `1,5-9,30/10` or `*`, in order, without duplicates. */
export function parseCronField(field: CronField, text: string): Parsed<readonly number[]> {
  const items = text.split(",").map((item) => numbersOf(field, item));
  if (items.some((numbers) => numbers === undefined)) return { problems: [fieldProblem(field, text)] };
  const numbers = new Set(items.flatMap((item) => item ?? []));
  return { value: [...numbers].sort((one, other) => one - other) };
}

/** The number, or the number of the name (in any case); `undefined` if it is neither or out of range. */
export function parseCronNumber(field: CronField, text: string): number | undefined {
  const word = field.words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return field.min + word;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= field.min && number <= field.max ? number : undefined;
}

/** The problem of a wrong value, with what the field allows. */
export function fieldProblem(field: CronField, value: string, besides = ""): Problem {
  const range = `${field.min} to ${field.max}`;
  const words = field.words === undefined ? "" : ` or ${field.words.join(" ")}`;
  const step = field.steps ? `, start/step with a step of 1 to ${largestStep(field)}` : "";
  return {
    path: field.name,
    value,
    allowed: `${range}${words}, low-high, lists with commas${step}, or *${besides}`,
  };
}

function numbersOf(field: CronField, item: string): readonly number[] | undefined {
  const [, base = "", step] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(item) ?? [];
  if (step !== undefined && (!field.steps || Number(step) < 1 || Number(step) > largestStep(field))) {
    return undefined;
  }
  const range = rangeOf(field, base, step !== undefined);
  if (range === undefined) return undefined;
  const stride = Number(step ?? 1);
  return Array.from({ length: Math.floor((range.high - range.low) / stride) + 1 }, (_, nth) =>
    within(field, range.low + nth * stride),
  );
}

function rangeOf(field: CronField, base: string, openEnded: boolean): Range | undefined {
  if (base === "*") return { low: field.min, high: field.max };
  const [first = "", second, ...rest] = base.split("-");
  const low = parseCronNumber(field, first);
  const high = second === undefined ? (openEnded ? field.max : low) : parseCronNumber(field, second);
  if (low === undefined || high === undefined || rest.length > 0) return undefined;
  if (low <= high) return { low, high };
  // AWS does not document ranges that wrap around, such as FRI-MON. docs/launcher.md states our assumption.
  return field.wraps ? { low, high: high + spanOf(field) } : undefined;
}

const spanOf = ({ min, max }: CronField) => max - min + 1;

/** The number at a position of a range that wraps around. */
const within = (field: CronField, position: number) => ((position - field.min) % spanOf(field)) + field.min;

interface Range {
  readonly low: number;
  readonly high: number;
}

const largestStep = ({ min, max }: CronField) => max - min;
