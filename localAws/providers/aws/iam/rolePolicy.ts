import type { RolePolicyArgs, RolePolicyState } from "@pulumi/aws/iam";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** An inline policy of a role. Its id is `role:name`. */
export const rolePolicy: ResourceType<RolePolicyArgs> = {
  token: "aws:iam/rolePolicy:RolePolicy",
  properties: {
    name: { replace: true, autoName: { maxLength: 128 } },
    policy: { required: true, json: "policy" },
    role: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const from = reading<RolePolicyArgs>(inputs);
    const role = from.requiredString("role");
    const name = from.requiredString("name");
    const PolicyDocument = from.requiredJson("policy");
    await (await aws.iam()).putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument });
    return { id: `${role}:${name}` };
  },
  async read(aws, id) {
    const iam = await aws.iam();
    const found = await unlessGone(iam.getRolePolicy(partsOf(id)), "NoSuchEntityException");
    if (found === undefined) return undefined;
    return present({
      name: found.PolicyName,
      policy: decodeURIComponent(sent(found.PolicyDocument, "PolicyDocument")),
      role: found.RoleName,
    } satisfies Known<RolePolicyState>);
  },
  async update(aws, { id, new: inputs }) {
    const PolicyDocument = reading<RolePolicyArgs>(inputs).requiredJson("policy");
    await (await aws.iam()).putRolePolicy({ ...partsOf(id), PolicyDocument });
  },
  async delete(aws, id) {
    const iam = await aws.iam();
    await unlessGone(iam.deleteRolePolicy(partsOf(id)), "NoSuchEntityException");
  },
};

function partsOf(id: string): { readonly RoleName: string; readonly PolicyName: string } {
  // Neither name can contain a colon.
  const [RoleName, PolicyName] = id.split(":");
  return { RoleName: sent(RoleName, "a role in the id"), PolicyName: sent(PolicyName, "a policy in the id") };
}
