import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { strings } from "../../support/settings";
import type { StackResource } from "../../support/stack";
import { tryRead } from "../../support/unknown";
import { audienceOf, metricAlarmsIn, watches, type Audience } from "../../support/views/alarms";
import { balancersIn, type BalancerKind } from "../../support/views/loadBalancers";

export const alarmsPresent = stackRule(
  {
    name: "alarms-present",
    displayName: "Alarms with a subscriber",
    description:
      "Every service that the site depends on has an alarm, and the alarm's action informs a subscriber.",
    why: "Auto Scaling replaces a broken server again and again. Without an alarm that a subscriber receives, users do not learn that no server becomes healthy.",
    severity: "medium",
    topics: ["monitoring"],
    fix: "Add a CloudWatch alarm on the service's metrics, with an SNS topic in alarmActions and a subscription of the topic.",
    url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_319"], cdkNag: [] },
    settings: {
      namespaces: strings({
        default: ["AWS/ApplicationELB"],
        description:
          "The services that must have an alarm, by their CloudWatch namespaces; a load balancer's only if the stack has one",
      }),
    },
  },
  function* (stack, { namespaces }) {
    for (const namespace of namespaces.filter((each) => isUsed(each, stack))) {
      yield* judgeNamespace(namespace, stack);
    }
  },
);

const balancers = new Map<string, BalancerKind>([
  ["AWS/ApplicationELB", "application"],
  ["AWS/NetworkELB", "network"],
  ["AWS/GatewayELB", "gateway"],
  ["AWS/ELB", "classic"],
]);

function isUsed(namespace: string, stack: readonly StackResource[]): boolean {
  const kind = balancers.get(namespace);
  return kind === undefined || balancersIn(stack).some((balancer) => balancer.kind === kind);
}

function nearest(audiences: readonly Audience[]): string | undefined {
  if (audiences.includes("unheard")) return "on a topic without a subscription";
  return audiences.length > 0 ? "without an action that informs" : undefined;
}

function* judgeNamespace(namespace: string, stack: readonly StackResource[]): Iterable<StackFinding> {
  const alarms = metricAlarmsIn(stack).filter((alarm) => watches(alarm, namespace));
  const audiences = alarms.map((alarm) => tryRead(() => audienceOf(alarm, stack)));
  const known = audiences.flatMap((audience) => (audience.known ? [audience.value] : []));
  if (known.includes("heard")) return;
  for (const audience of audiences) if (!audience.known) throw audience.error;
  yield {
    resource: undefined,
    at: `alarms on ${namespace}`,
    value: nearest(known),
    allowed: "at least one alarm whose action reaches a subscriber",
  };
}
