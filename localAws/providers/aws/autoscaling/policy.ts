import type { ScalingPolicy } from "@aws-sdk/client-auto-scaling";
import type { PolicyArgs, PolicyState } from "@pulumi/aws/autoscaling";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import { importedByPair } from "../importId";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { fromTargetTracking, targetTrackingRules, toTargetTracking } from "./targetTracking";

/** A scaling policy. Its id is its name; the state has the group. */
export const policy: ResourceType<PolicyArgs> = {
  token: "aws:autoscaling/policy:Policy",
  properties: {
    autoscalingGroupName: { required: true, replace: true },
    enabled: { default: true },
    estimatedInstanceWarmup: {},
    name: { replace: true, autoName: { maxLength: 255 } },
    policyType: { replace: true, required: true },
    targetTrackingConfiguration: { required: true, nested: targetTrackingRules },
  },
  check(inputs) {
    const from = reading<PolicyArgs>(inputs);
    const type = from.string("policyType");
    const failures: CheckFailure[] = [];
    if (type !== "TargetTrackingScaling") {
      const reason = `${String(type)} - allowed: TargetTrackingScaling; the local provider supports no other type`;
      failures.push({ property: "policyType", reason });
    }
    return failures;
  },
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<PolicyArgs>(inputs).requiredString("name") };
  },
  async read(aws, id, prior) {
    const found = await find(aws, id, prior);
    if (found === undefined) return undefined;
    return present({
      arn: found.PolicyARN,
      autoscalingGroupName: found.AutoScalingGroupName,
      enabled: found.Enabled ?? true,
      estimatedInstanceWarmup: found.EstimatedInstanceWarmup,
      name: found.PolicyName,
      policyType: found.PolicyType,
      targetTrackingConfiguration: fromTargetTracking(found.TargetTrackingConfiguration),
    } satisfies Known<PolicyState>);
  },
  /** Import id: `group/policy`. */
  imported: importedByPair("/", (autoscalingGroupName, id) => ({ id, prior: { autoscalingGroupName } })),
  async update(aws, { new: inputs }) {
    await put(aws, inputs);
  },
  async delete(aws, id, state) {
    const found = await find(aws, id, state);
    if (found === undefined) return;
    const { AutoScalingGroupName, PolicyName } = found;
    await (await aws.autoScaling()).deletePolicy({ AutoScalingGroupName, PolicyName });
  },
};

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<PolicyArgs>(inputs);
  await (
    await aws.autoScaling()
  ).putScalingPolicy({
    AutoScalingGroupName: from.requiredString("autoscalingGroupName"),
    Enabled: from.boolean("enabled"),
    EstimatedInstanceWarmup: from.number("estimatedInstanceWarmup"),
    PolicyName: from.requiredString("name"),
    PolicyType: from.requiredString("policyType"),
    TargetTrackingConfiguration: toTargetTracking(from.object("targetTrackingConfiguration") ?? {}),
  });
}

async function find(aws: AwsClients, id: string, state: Properties): Promise<ScalingPolicy | undefined> {
  const AutoScalingGroupName = reading<PolicyState>(state).string("autoscalingGroupName");
  // Auto Scaling returns a validation error if the group does not exist.
  const answer = await unlessGone(
    (await aws.autoScaling()).describePolicies({ AutoScalingGroupName, PolicyNames: [id] }),
    "ValidationError",
  );
  return answer?.ScalingPolicies?.[0];
}
