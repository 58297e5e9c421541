import type { CheckFailure } from "./resourceType";

/** What AWS allows of a number, both ends included. */
export interface Range {
  readonly min: number;
  readonly max: number;
  /** The plural word that a person reads: seconds, MB, retries. */
  readonly unit: string;
}

/** Nothing, or what is wrong with a number that AWS does not allow. A number left out is allowed. */
export function outOfRange(
  property: string,
  value: number | undefined,
  { min, max, unit }: Range,
): readonly CheckFailure[] {
  if (value === undefined || (value >= min && value <= max)) return [];
  return [{ property, reason: `${value} - allowed: ${min} to ${max} ${unit}` }];
}
