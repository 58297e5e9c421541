import type { CheckFailure } from "./resourceType";

/** The range of a number that AWS allows, inclusive. */
export interface Range {
  readonly min: number;
  readonly max: number;
  /** The unit in the message, in the plural: seconds, MB, retries. */
  readonly unit: string;
}

/** The problem of a number outside the range. An omitted number has none. */
export function outOfRange(
  property: string,
  value: number | undefined,
  { min, max, unit }: Range,
): readonly CheckFailure[] {
  if (value === undefined || (value >= min && value <= max)) return [];
  return [{ property, reason: `${value} - allowed: ${min} to ${max} ${unit}` }];
}
