import { inRows, metric, wide, type Graph, type Widget } from "./widgets";

/** The names under which AWS reports the metrics of a stack. All values are known. */
export interface DashboardSubjects {
  readonly region: string;
  readonly siteUrl: string;
  /** The last part of the load balancer's ARN, as its metrics have it. */
  readonly loadBalancer: string;
  readonly targetGroup: string;
  readonly autoScalingGroup: string;
  /** The target of target tracking in percent; `undefined` without target tracking. */
  readonly cpuTarget?: number | undefined;
  readonly database: string;
  /** Id of the file system of shared uploads; `undefined` with local uploads. */
  readonly fileSystem?: string | undefined;
  readonly launcher: {
    readonly functionName: string;
    /** The dimension `Launcher` of its own metrics. */
    readonly owner: string;
    readonly failuresQueue: string;
  };
  readonly alarmArns: readonly string[];
}

/** A dashboard in the form of CloudWatch's API. */
export interface DashboardBody {
  readonly widgets: readonly Widget[];
}

const alarmsPlace = { y: 2, height: 3 };

/**
 * One page about a stack: its alarms, then visitors, servers, database, uploads and launcher.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(subjects: DashboardSubjects): DashboardBody {
  const { siteUrl, region, alarmArns } = subjects;
  const markdown = `# WordPress\n[${siteUrl}](${siteUrl}) · An alarm's description names the page of its runbook (docs/runbook).`;
  const graphs = [
    ...visitorGraphs(subjects),
    ...serverGraphs(subjects),
    ...databaseGraphs(subjects),
    ...uploadsGraphs(subjects),
    ...launcherGraphs(subjects),
  ];
  return {
    widgets: [
      wide("text", { y: 0, height: 2 }, { markdown }),
      wide("alarm", alarmsPlace, { title: "Alarms", alarms: alarmArns }),
      ...inRows(graphs, region, alarmsPlace.y + alarmsPlace.height),
    ],
  };
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
function visitorGraphs({ loadBalancer }: DashboardSubjects): readonly Graph[] {
  const line = (name: string, label: string, stat: string) =>
    metric(["AWS/ApplicationELB", name], { LoadBalancer: loadBalancer }, { label, stat });
  return [
    { title: "Requests", unit: "a minute", metrics: [line("RequestCount", "requests", "Sum")] },
    {
      title: "Response time of the servers",
      unit: "seconds",
      metrics: ["p50", "p95", "p99"].map((stat) => line("TargetResponseTime", stat, stat)),
    },
    {
      title: "Errors (5xx)",
      unit: "a minute",
      metrics: [
        line("HTTPCode_Target_5XX_Count", "of the servers", "Sum"),
        line("HTTPCode_ELB_5XX_Count", "of the load balancer", "Sum"),
      ],
    },
  ];
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html */
function serverGraphs({
  loadBalancer,
  targetGroup,
  autoScalingGroup,
  cpuTarget,
}: DashboardSubjects): readonly Graph[] {
  const health = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
  const group = { AutoScalingGroupName: autoScalingGroup };
  return [
    {
      title: "Health of the servers",
      unit: "servers",
      metrics: [
        metric(["AWS/ApplicationELB", "HealthyHostCount"], health, { label: "healthy", stat: "Minimum" }),
        metric(["AWS/ApplicationELB", "UnHealthyHostCount"], health, { label: "unhealthy", stat: "Maximum" }),
      ],
    },
    {
      title: "CPU of the servers",
      unit: "percent",
      metrics: [metric(["AWS/EC2", "CPUUtilization"], group, { label: "average", stat: "Average" })],
      line: cpuTarget === undefined ? undefined : { label: "target", value: cpuTarget },
    },
    {
      title: "Size of the group",
      unit: "servers",
      metrics: [
        metric(["AWS/AutoScaling", "GroupDesiredCapacity"], group, { label: "desired", stat: "Average" }),
        metric(["AWS/AutoScaling", "GroupInServiceInstances"], group, {
          label: "in service",
          stat: "Average",
        }),
      ],
    },
  ];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
function databaseGraphs({ database }: DashboardSubjects): readonly Graph[] {
  const line = (name: string, label: string, stat: string) =>
    metric(["AWS/RDS", name], { DBInstanceIdentifier: database }, { label, stat });
  return [
    {
      title: "CPU of the database",
      unit: "percent",
      metrics: [line("CPUUtilization", "average", "Average")],
    },
    {
      title: "Connections of the database",
      unit: "connections",
      metrics: [line("DatabaseConnections", "most", "Maximum")],
    },
    {
      title: "Free storage of the database",
      unit: "bytes",
      metrics: [line("FreeStorageSpace", "free", "Minimum")],
    },
  ];
}

/**
 * The file system has elastic throughput, which has no burst credits: AWS bills the transferred data instead.
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
 */
function uploadsGraphs({ fileSystem }: DashboardSubjects): readonly Graph[] {
  if (fileSystem === undefined) return [];
  const line = (name: string, label: string, stat: string) =>
    metric(["AWS/EFS", name], { FileSystemId: fileSystem }, { label, stat });
  return [
    {
      title: "Transfer of uploads",
      unit: "bytes a minute",
      metrics: [line("DataReadIOBytes", "read", "Sum"), line("DataWriteIOBytes", "written", "Sum")],
    },
    {
      title: "Servers that mount the uploads",
      unit: "connections",
      metrics: [line("ClientConnections", "connections", "Sum")],
    },
  ];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function launcherGraphs({ launcher }: DashboardSubjects): readonly Graph[] {
  const line = (name: string, label: string) =>
    metric(["AWS/Lambda", name], { FunctionName: launcher.functionName }, { label, stat: "Sum" });
  const own = (name: string, label: string) =>
    metric(["ScheduledLauncher", name], { Launcher: launcher.owner }, { label, stat: "Sum" });
  return [
    {
      title: "Runs of the launcher",
      unit: "a minute",
      metrics: [line("Invocations", "runs"), line("Errors", "failed runs")],
    },
    {
      title: "Servers of the launcher",
      unit: "a minute",
      metrics: [own("Launched", "launched"), own("Ended", "ended"), own("Failed", "failed")],
    },
    {
      title: "Failures of the launcher that wait in its queue",
      unit: "messages",
      metrics: [
        metric(
          ["AWS/SQS", "ApproximateNumberOfMessagesVisible"],
          { QueueName: launcher.failuresQueue },
          { label: "messages", stat: "Maximum" },
        ),
      ],
    },
  ];
}
