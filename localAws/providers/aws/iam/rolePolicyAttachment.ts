import type { RolePolicyAttachmentArgs, RolePolicyAttachmentState } from "@pulumi/aws/iam";

import { unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** A managed policy attached to a role. Its id is `role/policyArn`. */
export const rolePolicyAttachment: ResourceType<RolePolicyAttachmentArgs> = {
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  properties: {
    policyArn: { required: true, replace: true },
    role: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const from = reading<RolePolicyAttachmentArgs>(inputs);
    const RoleName = from.requiredString("role");
    const PolicyArn = from.requiredString("policyArn");
    await (await aws.iam()).attachRolePolicy({ RoleName, PolicyArn });
    return { id: `${RoleName}/${PolicyArn}` };
  },
  async read(aws, id) {
    const { RoleName, PolicyArn } = partsOf(id);
    const iam = await aws.iam();
    const attached = await unlessGone(iam.listAttachedRolePolicies({ RoleName }), "NoSuchEntityException");
    if (attached?.AttachedPolicies?.some((policy) => policy.PolicyArn === PolicyArn) !== true) {
      return undefined;
    }
    return present({ policyArn: PolicyArn, role: RoleName } satisfies Known<RolePolicyAttachmentState>);
  },
  async delete(aws, id) {
    const iam = await aws.iam();
    await unlessGone(iam.detachRolePolicy(partsOf(id)), "NoSuchEntityException");
  },
};

function partsOf(id: string): { readonly RoleName: string; readonly PolicyArn: string } {
  // A role's name contains no slash; a policy's ARN does.
  const slash = id.indexOf("/");
  return { RoleName: id.slice(0, slash), PolicyArn: id.slice(slash + 1) };
}
