/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
import type { Report } from "../../reports";
import { loadBalancerCount, targetGroupCount, type Counts } from "./totals";

type Metrics = Extract<Report, { kind: "metrics" }>;
type Datum = Metrics["data"][number];

export const metricsNamespace = "AWS/ApplicationELB";

export interface MetricsInput {
  readonly loadBalancerArn: string;
  /** In the order of the configuration. */
  readonly groups: readonly {
    readonly arn: string;
    readonly healthy: number;
    readonly unhealthy: number;
  }[];
  /** What was counted in this period. */
  readonly counts: Counts;
  /** Open connections of clients and to targets. */
  readonly connections: number;
  /** The end of the period: milliseconds since 1970. */
  readonly at: number;
  /** In seconds; CloudWatch's own is 60. */
  readonly storageResolution: number;
}

/** `app/name/id` of a load balancer, `targetgroup/name/id` of a target group. */
function dimensionOf(arn: string): string {
  const resource = arn.split(":").at(-1) ?? arn;
  return resource.replace(/^loadbalancer\//, "");
}

/** AWS reports counts only when there was a request, and the health of a group's targets always. */
export function metricData(input: MetricsInput): readonly Datum[] {
  const { loadBalancerArn, groups, counts, connections, at, storageResolution } = input;
  const LoadBalancer = dimensionOf(loadBalancerArn);
  const datum = (name: string, value: number, unit: string, TargetGroup?: string): Datum => ({
    name,
    dimensions: TargetGroup === undefined ? { LoadBalancer } : { LoadBalancer, TargetGroup },
    value,
    unit,
    at,
    storageResolution,
  });
  const count = (name: string, value: number, group?: string): readonly Datum[] =>
    value > 0 ? [datum(name, value, "Count", group)] : [];

  const perGroup = groups.map(({ arn, healthy, unhealthy }, index) => {
    const of = (name: Parameters<typeof targetGroupCount>[2]): number =>
      targetGroupCount(counts, index, name);
    return { arn, healthy, unhealthy, of };
  });
  const sum = (name: Parameters<typeof targetGroupCount>[2]): number =>
    perGroup.reduce((total, { of }) => total + of(name), 0);
  const time = (milliseconds: number, responses: number, group?: string): readonly Datum[] =>
    responses > 0 ? [datum("TargetResponseTime", milliseconds / responses / 1_000, "Seconds", group)] : [];

  const ofTargets = (of: (name: Parameters<typeof targetGroupCount>[2]) => number, group?: string) => [
    ...count("RequestCount", of("requests"), group),
    ...([2, 3, 4, 5] as const).flatMap((each) =>
      count(`HTTPCode_Target_${each}XX_Count`, of(`target${each}xx`), group),
    ),
    ...count("TargetConnectionErrorCount", of("connectionErrors"), group),
    ...time(of("responseMilliseconds"), of("responses"), group),
  ];
  return [
    ...ofTargets(sum),
    ...([3, 4, 5] as const).flatMap((each) =>
      count(`HTTPCode_ELB_${each}XX_Count`, loadBalancerCount(counts, `elb${each}xx`)),
    ),
    ...([500, 502, 503, 504] as const).flatMap((each) =>
      count(`HTTPCode_ELB_${each}_Count`, loadBalancerCount(counts, `elb${each}`)),
    ),
    ...count("HTTP_Redirect_Count", loadBalancerCount(counts, "redirects")),
    ...count("HTTP_Fixed_Response_Count", loadBalancerCount(counts, "fixedResponses")),
    datum("ActiveConnectionCount", connections, "Count"),
    ...perGroup.flatMap(({ arn, healthy, unhealthy, of }) => {
      const group = dimensionOf(arn);
      return [
        ...ofTargets(of, group),
        ...(healthy > 0 ? count("RequestCountPerTarget", of("requests") / healthy, group) : []),
        datum("HealthyHostCount", healthy, "Count", group),
        datum("UnHealthyHostCount", unhealthy, "Count", group),
      ];
    }),
  ];
}
