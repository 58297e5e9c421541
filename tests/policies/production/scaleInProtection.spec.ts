import { scaleInProtection } from "../../../policies/production/rules/scaleInProtection";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, anyFixture, fixture, spoil, unknown } from "../support/fixture";

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

const policy = (props: object) =>
  among(anyFixture("aws:autoscaling/policy:Policy", "steps", { autoscalingGroupName: unknown, ...props }), {
    autoscalingGroupName: [protectedGroup],
  });
const step = (scalingAdjustment: number) => ({ scalingAdjustment });

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
  for (const [what, props] of [
    ["a step that removes servers", { scalingAdjustment: -1 }],
    ["a step that sets the capacity", { scalingAdjustment: 2, adjustmentType: "ExactCapacity" }],
    ["one of two steps that removes servers", { stepAdjustments: [step(1), step(-1)] }],
  ] as const) {
    itRefusesStack(
      scaleInProtection,
      `a protected group with ${what}`,
      [protectedGroup, policy(props)],
      refusal("the scaling policy steps"),
    );
  }
  for (const [what, props] of [
    ["a step that adds servers", { scalingAdjustment: 1 }],
    ["steps that add servers", { stepAdjustments: [step(1), step(2)] }],
    ["a policy by forecasts", { policyType: "PredictiveScaling" }],
  ] as const) {
    itPassesStack(scaleInProtection, `a protected group with ${what}`, [protectedGroup, policy(props)]);
  }
  itPassesStack(scaleInProtection, "a protected group beside another group's schedule", [
    protectedGroup,
    other,
    among(schedule, { autoscalingGroupName: [other] }),
  ]);

  const named = among(spoil(protectedGroup, { name: "site" }), {});
  const scheduleOf = (autoscalingGroupName: string) =>
    among({ ...schedule, props: { ...schedule.props, autoscalingGroupName } }, {});
  itRefusesStack(scaleInProtection, "a schedule by the group's name", [named, scheduleOf("site")], {
    ...refusal("the schedule night"),
  });
  itPassesStack(scaleInProtection, "a schedule of another stack's group", [named, scheduleOf("elsewhere")]);
  itAwaitsUpdate(
    scaleInProtection,
    "a schedule of one of two groups",
    [protectedGroup, other, among(schedule, { autoscalingGroupName: [protectedGroup, other] })],
    "autoscalingGroupName",
  );

  const refreshing = (preferences?: { readonly scaleInProtectedInstances: string }) =>
    among(
      spoil(protectedGroup, {
        instanceRefresh: { strategy: "Rolling", ...(preferences === undefined ? {} : { preferences }) },
      }),
      {},
    );
  itPassesStack(scaleInProtection, "a refresh with AWS's preferences", [refreshing()]);
  itPassesStack(scaleInProtection, "a refresh that waits", [
    refreshing({ scaleInProtectedInstances: "Wait" }),
  ]);
  itRefusesStack(
    scaleInProtection,
    "a refresh of protected servers",
    [refreshing({ scaleInProtectedInstances: "Refresh" })],
    {
      ...{ of: protectedGroup, at: "instanceRefresh.preferences.scaleInProtectedInstances" },
      ...{ value: "Refresh", allowed: "Ignore or Wait" },
    },
  );
});
