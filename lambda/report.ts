/** Counts of one invocation, for CloudWatch. */
export interface Counts {
  readonly Launched?: number;
  readonly Skipped?: number;
  readonly Failed?: number;
  readonly Ended?: number;
}

/** Writes one line of the log. CloudWatch Logs reads standard output. */
export type Write = (line: string) => void;

export const metricsNamespace = "ScheduledLauncher";

/**
 * Writes one line of JSON: a log entry that contains its metrics in the embedded metric format, so that the metrics
 * need no request. `console` would not do, as Lambda adds a prefix to its lines.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function report(
  write: Write,
  { owner, now }: { readonly owner: string; readonly now: number },
  counts: Counts,
  details: Readonly<Record<string, unknown>>,
): void {
  const metrics = Object.keys(counts).map((Name) => ({ Name, Unit: "Count" }));
  const embedded = {
    Timestamp: now,
    CloudWatchMetrics: [{ Namespace: metricsNamespace, Dimensions: [["Launcher"]], Metrics: metrics }],
  };
  const time = new Date(now).toISOString();
  write(JSON.stringify({ time, ...details, Launcher: owner, ...counts, _aws: embedded }));
}
