import { z } from "zod";

/**
 * CloudWatch's rules for the body of a dashboard, for the widgets that the program uses.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const look = z.strictObject({
  label: z.string().optional(),
  stat: z
    .string()
    .regex(/^(?:Sum|Average|Minimum|Maximum|SampleCount|p(?:\d{1,2}(?:\.\d{1,10})?|100))$/)
    .optional(),
  period: z.int().optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  yAxis: z.enum(["left", "right"]).optional(),
  visible: z.boolean().optional(),
});

/** Namespace, name, at most 30 pairs of dimensions, and optionally the look. */
const metricLine = z
  .array(z.union([z.string().min(1).max(255), look]))
  .min(2)
  .superRefine((line, context) => {
    const last = line.at(-1);
    const names = typeof last === "object" ? line.slice(0, -1) : line;
    if (names.some((name) => typeof name !== "string")) {
      context.addIssue({ code: "custom", message: "only the last member may be an object" });
    }
    if (names.length < 2 || names.length % 2 !== 0) {
      context.addIssue({ code: "custom", message: "namespace, name, and pairs of dimension and value" });
    }
    if ((names.length - 2) / 2 > 30) context.addIssue({ code: "custom", message: "30 dimensions at most" });
  });

const axis = z.strictObject({
  min: z.number().optional(),
  max: z.number().optional(),
  label: z.string().optional(),
  showUnits: z.boolean().optional(),
});

const graph = z.strictObject({
  metrics: z.array(metricLine).min(1).max(500),
  region: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/),
  title: z.string().optional(),
  view: z.enum(["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]).optional(),
  stacked: z.boolean().optional(),
  stat: z.string().optional(),
  period: z
    .int()
    .refine((seconds) => [1, 5, 10, 30].includes(seconds) || seconds % 60 === 0)
    .optional(),
  yAxis: z.strictObject({ left: axis.optional(), right: axis.optional() }).optional(),
  annotations: z
    .strictObject({
      horizontal: z
        .array(
          z.strictObject({
            value: z.number(),
            label: z.string().optional(),
            color: z.string().optional(),
            fill: z.enum(["above", "below", "none"]).optional(),
          }),
        )
        .min(1),
    })
    .optional(),
});

const place = {
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  width: z.int().min(1).max(24),
  height: z.int().min(1).max(1000),
};

const widget = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("metric"), ...place, properties: graph }),
    z.strictObject({
      type: z.literal("text"),
      ...place,
      properties: z.strictObject({ markdown: z.string().min(1) }),
    }),
    z.strictObject({
      type: z.literal("alarm"),
      ...place,
      properties: z.strictObject({
        title: z.string().optional(),
        alarms: z
          .array(z.string().regex(/^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+$/))
          .min(1)
          .max(100),
      }),
    }),
  ])
  .refine(({ x, width }) => x + width <= 24, { error: "wider than the grid of 24 columns" });

export const dashboardRules = z
  .strictObject({ widgets: z.array(widget).max(500) })
  .refine(({ widgets }) => widgets.every((one, index) => widgets.slice(index + 1).every(apart(one))), {
    error: "widgets overlap",
  });

type Widget = z.output<typeof widget>;

const apart = (one: Widget) => (other: Widget) =>
  one.x + one.width <= other.x ||
  other.x + other.width <= one.x ||
  one.y + one.height <= other.y ||
  other.y + other.height <= one.y;
