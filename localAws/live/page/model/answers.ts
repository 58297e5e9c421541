import type {
  Activity,
  AutoScalingGroup,
  InstanceRefresh,
  ScalingPolicy,
} from "@aws-sdk/client-auto-scaling";
import type { AlarmHistoryItem, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Image, Instance, InstanceStatus, NatGateway, Volume, VpcEndpoint } from "@aws-sdk/client-ec2";
import type {
  LoadBalancer,
  TargetGroup,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { DBInstance } from "@aws-sdk/client-rds";

import type { Series } from "./page";

/** AWS's last answers about one stack. */
export interface Answers {
  readonly group: AutoScalingGroup | undefined;
  readonly policies: readonly ScalingPolicy[];
  readonly activities: readonly Activity[];
  readonly refreshes: readonly InstanceRefresh[];
  readonly targetGroup: TargetGroup | undefined;
  readonly targets: readonly TargetHealthDescription[];
  readonly loadBalancer: LoadBalancer | undefined;
  /** Every instance of the VPC. */
  readonly instances: readonly Instance[];
  readonly statuses: readonly InstanceStatus[];
  readonly images: readonly Image[];
  readonly alarms: readonly MetricAlarm[];
  readonly history: readonly AlarmHistoryItem[];
  readonly database: DBInstance | undefined;
  readonly natGateways: readonly NatGateway[];
  readonly endpoints: readonly VpcEndpoint[];
  /** The shared file systems of the VPC. */
  readonly fileSystems: readonly { readonly id: string; readonly backups: boolean }[];
  readonly volumes: readonly Volume[];
  readonly metrics: Metrics;
}

/** Series of CloudWatch; requests and errors are sums of their period. */
export interface Metrics {
  readonly groupCpu: Series;
  readonly serverCpu: Readonly<Record<string, Series>>;
  readonly requests: Series;
  readonly targetErrors: Series;
  readonly balancerErrors: Series;
  /** The period of the load balancer's metrics, which have no value for a period without requests. */
  readonly periodSeconds: number;
  readonly readAt: number;
}

export const noMetrics: Metrics = {
  groupCpu: [],
  serverCpu: {},
  requests: [],
  targetErrors: [],
  balancerErrors: [],
  periodSeconds: 60,
  readAt: 0,
};

export const noAnswers: Answers = {
  group: undefined,
  policies: [],
  activities: [],
  refreshes: [],
  targetGroup: undefined,
  targets: [],
  loadBalancer: undefined,
  instances: [],
  statuses: [],
  images: [],
  alarms: [],
  history: [],
  database: undefined,
  natGateways: [],
  endpoints: [],
  fileSystems: [],
  volumes: [],
  metrics: noMetrics,
};
