/** One line of a graph: namespace, metric, and the names and values of its dimensions, then how to show it. */
export type Metric = readonly [string, string, ...string[], MetricLook];

/** How a metric is shown. */
export interface MetricLook {
  readonly label: string;
  /** A statistic of CloudWatch, e.g. `Sum` or `p95`. */
  readonly stat: string;
}

/** A graph before it has its place. */
export interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  /** A horizontal line, in the unit of the metrics. */
  readonly line?: { readonly label: string; readonly value: number } | undefined;
  /** Unit of the vertical axis. */
  readonly unit: string;
}

/** A widget of a dashboard, in the form of CloudWatch's API. */
export interface Widget {
  readonly type: "alarm" | "metric" | "text";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The columns of a dashboard. */
const columns = 24;
const graphsInRow = 3;
const graphHeight = 6;

/** A line of a graph. @param dimensions names and values */
export function metric(
  [namespace, name]: readonly [namespace: string, name: string],
  dimensions: Readonly<Record<string, string>>,
  look: MetricLook,
): Metric {
  return [namespace, name, ...Object.entries(dimensions).flat(), look];
}

/** The graphs in rows of three, from a row on. */
export function inRows(graphs: readonly Graph[], region: string, firstY: number): readonly Widget[] {
  const width = columns / graphsInRow;
  return graphs.map((graph, index) => ({
    type: "metric",
    x: (index % graphsInRow) * width,
    y: firstY + Math.floor(index / graphsInRow) * graphHeight,
    width,
    height: graphHeight,
    properties: graphProperties(graph, region),
  }));
}

/** A widget over the whole width. */
export function wide(
  type: "alarm" | "text",
  { y, height }: { readonly y: number; readonly height: number },
  properties: Widget["properties"],
): Widget {
  return { type, x: 0, y, width: columns, height, properties };
}

function graphProperties({ title, metrics, line, unit }: Graph, region: string): Widget["properties"] {
  return {
    title,
    region,
    view: "timeSeries",
    stacked: false,
    period: 60,
    metrics,
    yAxis: { left: { min: 0, label: unit, showUnits: false } },
    ...(line === undefined ? {} : { annotations: { horizontal: [line] } }),
  };
}
