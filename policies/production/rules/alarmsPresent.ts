import { stackRule } from "../../support/rule";
import { strings } from "../../support/settings";
import { allOf, type StackResourceOf } from "../../support/stack";

export const alarmsPresent = stackRule(
  {
    name: "alarms-present",
    displayName: "Alarms with an action",
    description: "Every service that the site depends on has an alarm, and the alarm has an action.",
    why: "Auto Scaling replaces a broken server again and again. Without an alarm, users do not learn that no server becomes healthy.",
    severity: "medium",
    topics: ["monitoring"],
    fix: "Add a CloudWatch alarm on the service's metrics, with an SNS topic in alarmActions.",
    url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      namespaces: strings({
        default: ["AWS/ApplicationELB"],
        description: "The services that must have an alarm, by their CloudWatch namespaces",
      }),
    },
  },
  function* (stack, { namespaces }) {
    const active = allOf(stack, "aws:cloudwatch/metricAlarm:MetricAlarm").filter(hasAction);
    for (const namespace of namespaces) {
      if (active.some((alarm) => watches(alarm, namespace))) continue;
      yield {
        resource: undefined,
        at: `alarms on ${namespace}`,
        value: undefined,
        allowed: "at least one alarm with alarmActions",
      };
    }
  },
);

type Alarm = StackResourceOf<"aws:cloudwatch/metricAlarm:MetricAlarm">;

function hasAction({ props, propertyDependencies }: Alarm): boolean {
  if (props.actionsEnabled === false) return false;
  // A preview knows that there is a topic, but not its ARN.
  return (propertyDependencies["alarmActions"] ?? []).length > 0 || (props.alarmActions ?? []).length > 0;
}

function watches({ props }: Alarm, namespace: string): boolean {
  const queries = props.metricQueries ?? [];
  return props.namespace === namespace || queries.some(({ metric }) => metric?.namespace === namespace);
}
