import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { allOf, referredTo, refersTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

type Group = StackResourceOf<"aws:autoscaling/group:Group">;

/** With scale-in protection, Auto Scaling lowers the desired capacity and terminates no server: the group only grows. */
export const scaleInProtection = stackRule(
  {
    name: "scale-in-protection",
    displayName: "Scale-in works",
    description:
      "An Auto Scaling group that target tracking or a schedule scales in does not protect its servers from scale-in.",
    why: "Auto Scaling never terminates a protected server at scale-in. Target tracking and schedules then lower the desired capacity without effect: the group only grows, and so does its cost. Protection suits a group that an operator scales in by hand.",
    severity: "high",
    topics: ["availability"],
    fix: "Set protectFromScaleIn to false; or keep it, remove the schedules and set disableScaleIn of target tracking to true.",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-protection.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:autoscaling/group:Group"), (group) => judgeGroup(group, stack));
  },
);

function* judgeGroup(group: Group, stack: readonly StackResource[]): Iterable<StackFinding> {
  if (group.props.protectFromScaleIn !== true) return;
  const [scalerIn] = scalersIn(group, stack);
  if (scalerIn === undefined) return;
  yield {
    resource: group,
    at: "protectFromScaleIn",
    value: true,
    allowed: `false, because ${scalerIn} scales the group in`,
  };
}

/** The policies and schedules that scale the group in, as the message names them. */
function scalersIn(group: Group, stack: readonly StackResource[]): readonly string[] {
  // A preview does not know a generated name, but it knows which group has the name.
  const isOf = (resource: StackResource & { readonly props: { readonly autoscalingGroupName: string } }) =>
    referredTo(resource, "autoscalingGroupName", "aws:autoscaling/group:Group").length > 0
      ? refersTo(resource, "autoscalingGroupName", group)
      : resource.props.autoscalingGroupName === group.props.name;
  const policies = allOf(stack, "aws:autoscaling/policy:Policy").filter(
    (policy) =>
      isOf(policy) &&
      policy.props.targetTrackingConfiguration !== undefined &&
      policy.props.targetTrackingConfiguration.disableScaleIn !== true,
  );
  const schedules = allOf(stack, "aws:autoscaling/schedule:Schedule").filter(isOf);
  return [
    ...policies.map(({ name }) => `the scaling policy ${name}`),
    ...schedules.map(({ name }) => `the schedule ${name}`),
  ];
}
