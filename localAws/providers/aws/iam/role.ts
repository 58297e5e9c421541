import type { RoleArgs, RoleState } from "@pulumi/aws/iam";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** An IAM role. Its id is its name. */
export const role: ResourceType<RoleArgs> = {
  token: "aws:iam/role:Role",
  properties: {
    assumeRolePolicy: { required: true, json: "policy" },
    description: {},
    forceDetachPolicies: { default: false, notReadable: true },
    maxSessionDuration: { default: 3600 },
    name: { replace: true, autoName: { maxLength: 64 } },
    path: { replace: true, default: "/" },
    permissionsBoundary: {},
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<RoleArgs>(inputs);
    const iam = await aws.iam();
    const name = from.requiredString("name");
    await iam.createRole({
      RoleName: name,
      AssumeRolePolicyDocument: from.requiredJson("assumeRolePolicy"),
      Description: from.string("description"),
      MaxSessionDuration: from.number("maxSessionDuration"),
      Path: from.string("path"),
      PermissionsBoundary: from.string("permissionsBoundary"),
      Tags: newTagList(inputs),
    });
    return { id: name };
  },
  async read(aws, id) {
    const iam = await aws.iam();
    const found = (await unlessGone(iam.getRole({ RoleName: id }), "NoSuchEntityException"))?.Role;
    if (found === undefined) return undefined;
    return present({
      arn: found.Arn,
      assumeRolePolicy: decodeURIComponent(sent(found.AssumeRolePolicyDocument, "AssumeRolePolicyDocument")),
      createDate: found.CreateDate?.toISOString(),
      description: found.Description === "" ? undefined : found.Description,
      maxSessionDuration: found.MaxSessionDuration,
      name: found.RoleName,
      path: found.Path,
      permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
      uniqueId: found.RoleId,
      ...tagProperties(found.Tags),
    } satisfies Known<RoleState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const from = reading<RoleArgs>(inputs);
    const iam = await aws.iam();
    if (changed.has("assumeRolePolicy")) {
      await iam.updateAssumeRolePolicy({
        RoleName: id,
        PolicyDocument: from.requiredJson("assumeRolePolicy"),
      });
    }
    if (changed.has("description") || changed.has("maxSessionDuration")) {
      await iam.updateRole({
        RoleName: id,
        Description: from.string("description") ?? "",
        MaxSessionDuration: from.number("maxSessionDuration"),
      });
    }
    if (changed.has("permissionsBoundary")) {
      const boundary = from.string("permissionsBoundary");
      await (boundary === undefined
        ? iam.deleteRolePermissionsBoundary({ RoleName: id })
        : iam.putRolePermissionsBoundary({ RoleName: id, PermissionsBoundary: boundary }));
    }
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await iam.untagRole({ RoleName: id, TagKeys: remove });
    if (set.length > 0) await iam.tagRole({ RoleName: id, Tags: set });
  },
  async delete(aws, id, state) {
    const iam = await aws.iam();
    if (reading<RoleArgs>(state).boolean("forceDetachPolicies") === true) await detachPolicies(aws, id);
    await unlessGone(iam.deleteRole({ RoleName: id }), "NoSuchEntityException");
  },
};

/** Removes all policies, including those attached outside of Pulumi. AWS refuses to delete a role with policies. */
async function detachPolicies(aws: AwsClients, RoleName: string): Promise<void> {
  const iam = await aws.iam();
  const attached = await unlessGone(iam.listAttachedRolePolicies({ RoleName }), "NoSuchEntityException");
  for (const { PolicyArn } of attached?.AttachedPolicies ?? []) {
    await iam.detachRolePolicy({ RoleName, PolicyArn });
  }
  const inline = await unlessGone(iam.listRolePolicies({ RoleName }), "NoSuchEntityException");
  for (const PolicyName of inline?.PolicyNames ?? []) await iam.deleteRolePolicy({ RoleName, PolicyName });
}
