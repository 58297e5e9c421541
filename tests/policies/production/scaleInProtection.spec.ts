import { scaleInProtection } from "../../../policies/production/rules/scaleInProtection";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, unknown } from "../support/fixture";

const group = (protectFromScaleIn: boolean | undefined) =>
  among(fixture("aws:autoscaling/group:Group", "fleet", { protectFromScaleIn }), {});
const protectedGroup = group(true);

const tracking = (disableScaleIn: boolean | undefined, of = protectedGroup) =>
  among(
    fixture("aws:autoscaling/policy:Policy", "cpu", {
      autoscalingGroupName: unknown,
      targetTrackingConfiguration: { targetValue: 50, disableScaleIn },
    }),
    { autoscalingGroupName: [of] },
  );
const schedule = among(
  fixture("aws:autoscaling/schedule:Schedule", "night", { autoscalingGroupName: unknown }),
  { autoscalingGroupName: [protectedGroup] },
);

const refusal = (by: string) => ({
  of: protectedGroup,
  at: "protectFromScaleIn",
  value: true,
  allowed: `false, because ${by} scales the group in`,
});

describe("scale-in-protection", () => {
  itPassesStack(scaleInProtection, "a protected group that an operator scales in", [protectedGroup]);
  itPassesStack(scaleInProtection, "a protected group that target tracking only scales out", [
    protectedGroup,
    tracking(true),
  ]);
  for (const unprotected of [group(false), group(undefined)]) {
    itPassesStack(
      scaleInProtection,
      `target tracking with protectFromScaleIn ${String(unprotected.props.protectFromScaleIn)}`,
      [unprotected, tracking(false, unprotected)],
    );
  }
  for (const disableScaleIn of [false, undefined]) {
    itRefusesStack(
      scaleInProtection,
      `a protected group that target tracking scales in (disableScaleIn ${String(disableScaleIn)})`,
      [protectedGroup, tracking(disableScaleIn)],
      refusal("the scaling policy cpu"),
    );
  }
  itRefusesStack(
    scaleInProtection,
    "a protected group with a schedule",
    [protectedGroup, schedule],
    refusal("the schedule night"),
  );
  const other = among(fixture("aws:autoscaling/group:Group", "other", { protectFromScaleIn: false }), {});
  itPassesStack(scaleInProtection, "a protected group beside another group's target tracking", [
    protectedGroup,
    other,
    tracking(false, other),
  ]);
});
