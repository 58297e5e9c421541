import { stackRule } from "../../support/rule";
import { strings } from "../../support/settings";
import { allOf, type StackResourceOf } from "../../support/stack";

/** Someone should hear of an outage before the visitors write. */
export const alarmsPresent = stackRule(
  {
    name: "alarms-present",
    displayName: "Alarms that someone hears",
    description: "What the site depends on has an alarm, and the alarm has someone to tell.",
    why: "Auto Scaling replaces a broken server, and again, and again: from outside nobody sees that no server stays healthy.",
    severity: "medium",
    fix: "Add a CloudWatch alarm on the service's metrics with a topic in alarmActions.",
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
    const heard = allOf(stack, "aws:cloudwatch/metricAlarm:MetricAlarm").filter(isHeard);
    for (const namespace of namespaces) {
      if (heard.some((alarm) => watches(alarm, namespace))) continue;
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

function isHeard({ props, propertyDependencies }: Alarm): boolean {
  if (props.actionsEnabled === false) return false;
  // A preview does not know the topic's ARN yet, but that there is one.
  return (propertyDependencies["alarmActions"] ?? []).length > 0 || (props.alarmActions ?? []).length > 0;
}

function watches({ props }: Alarm, namespace: string): boolean {
  const queries = props.metricQueries ?? [];
  return props.namespace === namespace || queries.some(({ metric }) => metric?.namespace === namespace);
}
