/** What an alarm compares, and when it changes its state. */
export interface Rule {
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  /** Undefined: all evaluation periods. */
  readonly datapointsToAlarm: number | undefined;
  readonly treatMissingData: "breaching" | "notBreaching" | "ignore" | "missing";
}

/** CloudWatch's comparisons with a number, and its words for them. */
export const comparisons = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
} as const;

export type Comparison = keyof typeof comparisons;

export function isBreaching({ comparison, threshold }: Rule, value: number): boolean {
  switch (comparison) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
  }
}

export interface Found {
  /** The values that were evaluated, newest first. */
  readonly present: readonly { readonly at: number; readonly value: number }[];
  readonly missing: number;
  readonly isAlarm: boolean;
}

/**
 * The reason of a state, as CloudWatch writes it: `Threshold Crossed: 3 datapoints [99.1 (30/11/26 20:31:00), …] were
 * greater than the threshold (80.0).` It names the values that decided, and how missing ones were treated.
 */
export function stateReason(rule: Rule, { present, missing, isAlarm }: Found): string {
  const fills = rule.treatMissingData === "breaching" || rule.treatMissingData === "notBreaching";
  const treated =
    missing === 0 || !fills
      ? ""
      : `${String(missing)} missing ${plural(missing, "datapoint was", "datapoints were")} treated as ` +
        `[${rule.treatMissingData === "breaching" ? "Breaching" : "NonBreaching"}]`;
  const deciding = present.filter(({ value }) => isBreaching(rule, value) === isAlarm);
  if (deciding.length === 0) {
    const none = `no datapoints were received for ${String(missing)} ${plural(missing, "period", "periods")}`;
    return `Threshold Crossed: ${none}${treated === "" ? "" : ` and ${treated}`}.`;
  }
  const { datapointsToAlarm, evaluationPeriods } = rule;
  const many = deciding.length > 1;
  const listed = deciding.map(({ at, value }) => `${decimal(value)} (${dateOf(at)})`).join(", ");
  const outOf = datapointsToAlarm === undefined ? "" : ` out of the last ${String(evaluationPeriods)}`;
  const noun = many || datapointsToAlarm !== undefined ? "datapoints" : "datapoint";
  const relation = `${many ? "were" : "was"} ${isAlarm ? "" : "not "}${comparisons[rule.comparison]}`;
  const ends =
    datapointsToAlarm === undefined ? "" : ` (${leastOf(datapointsToAlarm, evaluationPeriods, isAlarm)})`;
  return (
    `Threshold Crossed: ${String(deciding.length)}${outOf} ${noun} [${listed}] ${relation} ` +
    `the threshold (${decimal(rule.threshold)})${treated === "" ? "" : ` and ${treated}`}${ends}.`
  );
}

function leastOf(datapointsToAlarm: number, evaluationPeriods: number, isAlarm: boolean): string {
  const least = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition = isAlarm ? "OK -> ALARM" : "ALARM -> OK";
  return `minimum ${String(least)} ${plural(least, "datapoint", "datapoints")} for ${transition} transition`;
}

/** CloudWatch writes Java's doubles: 80.0, 99.98. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** CloudWatch's dates in reasons: 30/11/26 20:31:00, in UTC. */
function dateOf(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
