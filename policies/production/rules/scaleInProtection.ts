import type { StackFinding } from "../../support/finding";
import { referencesOf } from "../../support/references";
import type { PropsOf } from "../../support/resourceTypes";
import { stackRule } from "../../support/rule";
import { isOn } from "../../support/spelling";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

type Group = StackResourceOf<"aws:autoscaling/group:Group">;

/** With scale-in protection, Auto Scaling lowers the desired capacity and terminates no server: the group only grows. */
export const scaleInProtection = stackRule(
  {
    name: "scale-in-protection",
    displayName: "Scale-in works, or an operator does it",
    description:
      "An Auto Scaling group that a scaling policy or a schedule scales in does not protect its servers from scale-in; every other group does. Neither a refresh nor forceDelete terminates protected servers.",
    why: "Auto Scaling never terminates a protected server at scale-in. Scaling policies and schedules then lower the desired capacity without effect: the group only grows, and so does its cost. A group that an operator scales by hand needs the protection: a terminated server takes open requests and uploads with it.",
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
  const { protectFromScaleIn } = group.props;
  yield* judgeTermination(group);
  const scalerIn = scalerInOf(group, stack);
  if (isOn(protectFromScaleIn) === (scalerIn !== undefined)) {
    yield {
      resource: group,
      at: "protectFromScaleIn",
      value: protectFromScaleIn,
      ...(scalerIn === undefined
        ? {
            allowed: "true, because no policy and no schedule scales the group in",
            fix: "Set protectFromScaleIn to true; or add target tracking, which may then terminate servers.",
          }
        : { allowed: `false, because ${scalerIn} scales the group in` }),
    };
  }
}

/** What terminates servers in spite of the protection. */
function* judgeTermination(group: Group): Iterable<StackFinding> {
  const { protectFromScaleIn, forceDelete, instanceRefresh } = group.props;
  const fix = "Remove it: a protected server then ends only when an operator ends it.";
  const refreshed = instanceRefresh?.preferences?.scaleInProtectedInstances;
  if (isOn(protectFromScaleIn) && refreshed === "Refresh") {
    const at = "instanceRefresh.preferences.scaleInProtectedInstances";
    yield { resource: group, at, value: refreshed, allowed: "Ignore or Wait", fix };
  }
  if (isOn(forceDelete)) {
    const allowed = "false: it terminates all servers at once, protected or not";
    yield { resource: group, at: "forceDelete", value: forceDelete, allowed, fix };
  }
}

/** A policy or a schedule that scales the group in, as the message names it. */
function scalerInOf(group: Group, stack: readonly StackResource[]): string | undefined {
  const policies = allOf(stack, "aws:autoscaling/policy:Policy").filter(({ props }) => scalesIn(props));
  const schedules = allOf(stack, "aws:autoscaling/schedule:Schedule");
  const scalers = [
    ...policies.map((resource) => ({ resource, text: `the scaling policy ${resource.name}` })),
    ...schedules.map((resource) => ({ resource, text: `the schedule ${resource.name}` })),
  ].map(({ resource, text }) => {
    const token = "aws:autoscaling/group:Group";
    return { text, of: referencesOf(stack, resource, "autoscalingGroupName", token, { key: "name" }) };
  });
  const isIt = ({ urn }: Group) => urn === group.urn;
  const certain = scalers.find(({ of }) => of.certain.some(isIt));
  if (certain !== undefined) return certain.text;
  const doubt = scalers.find(({ of }) => of.possible.some(isIt))?.of.unknown;
  if (doubt !== undefined) throw doubt;
  return undefined;
}

/** Target tracking unless it only scales out, and a step that lowers or sets the capacity. */
function scalesIn({
  targetTrackingConfiguration: tracking,
  stepAdjustments = [],
  scalingAdjustment,
  adjustmentType,
}: PropsOf<"aws:autoscaling/policy:Policy">): boolean {
  if (tracking !== undefined) return !isOn(tracking.disableScaleIn);
  const adjustments = [...stepAdjustments.map((step) => step.scalingAdjustment), scalingAdjustment ?? 0];
  return adjustmentType === "ExactCapacity" || adjustments.some((adjustment) => adjustment < 0);
}
