import type { GetInstanceProfileResult, GetRoleResult } from "@pulumi/aws/iam";

import { sent } from "../gone";
import type { FunctionType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** An existing role, e.g. the lab's `LabRole`. */
export const getRole: FunctionType = {
  token: "aws:iam/getRole:getRole",
  args: ["name"],
  async invoke(aws, args) {
    const name = reading<{ name: string }>(args).requiredString("name");
    const role = sent((await (await aws.iam()).getRole({ RoleName: name })).Role, "Role");
    return present({
      id: role.RoleName,
      arn: role.Arn,
      assumeRolePolicy: decodeURIComponent(sent(role.AssumeRolePolicyDocument, "AssumeRolePolicyDocument")),
      createDate: role.CreateDate?.toISOString(),
      description: role.Description ?? "",
      maxSessionDuration: role.MaxSessionDuration,
      name: role.RoleName,
      path: role.Path,
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
      roleLastUseds: [],
      tags: tagProperties(role.Tags).tagsAll,
      uniqueId: role.RoleId,
    } satisfies Known<GetRoleResult>);
  },
};

/** An existing instance profile, e.g. the lab's `LabInstanceProfile`. */
export const getInstanceProfile: FunctionType = {
  token: "aws:iam/getInstanceProfile:getInstanceProfile",
  args: ["name"],
  async invoke(aws, args) {
    const InstanceProfileName = reading<{ name: string }>(args).requiredString("name");
    const answer = await (await aws.iam()).getInstanceProfile({ InstanceProfileName });
    const profile = sent(answer.InstanceProfile, "InstanceProfile");
    const role = profile.Roles?.[0];
    return present({
      id: profile.InstanceProfileId,
      arn: profile.Arn,
      createDate: profile.CreateDate?.toISOString(),
      name: profile.InstanceProfileName,
      path: profile.Path,
      roleArn: role?.Arn ?? "",
      roleId: role?.RoleId ?? "",
      roleName: role?.RoleName ?? "",
    } satisfies Known<GetInstanceProfileResult>);
  },
};
