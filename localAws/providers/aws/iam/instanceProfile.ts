import type { InstanceProfileArgs, InstanceProfileState } from "@pulumi/aws/iam";

import { unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** An instance profile, which passes a role to instances. Its id is its name. */
export const instanceProfile: ResourceType<InstanceProfileArgs> = {
  token: "aws:iam/instanceProfile:InstanceProfile",
  properties: {
    name: { replace: true, autoName: { maxLength: 128 } },
    path: { replace: true, default: "/" },
    role: {},
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<InstanceProfileArgs>(inputs);
    const iam = await aws.iam();
    const InstanceProfileName = from.requiredString("name");
    await iam.createInstanceProfile({
      InstanceProfileName,
      Path: from.string("path"),
      Tags: newTagList(inputs),
    });
    const RoleName = from.string("role");
    if (RoleName !== undefined) await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName });
    return { id: InstanceProfileName };
  },
  async read(aws, id) {
    const iam = await aws.iam();
    const found = (
      await unlessGone(iam.getInstanceProfile({ InstanceProfileName: id }), "NoSuchEntityException")
    )?.InstanceProfile;
    if (found === undefined) return undefined;
    return present({
      arn: found.Arn,
      createDate: found.CreateDate?.toISOString(),
      name: found.InstanceProfileName,
      path: found.Path,
      role: found.Roles?.[0]?.RoleName,
      uniqueId: found.InstanceProfileId,
      ...tagProperties(found.Tags),
    } satisfies Known<InstanceProfileState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const iam = await aws.iam();
    if (changed.has("role")) {
      const before = reading<InstanceProfileArgs>(old).string("role");
      const after = reading<InstanceProfileArgs>(inputs).string("role");
      if (before !== undefined) {
        await iam.removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName: before });
      }
      if (after !== undefined) {
        await iam.addRoleToInstanceProfile({ InstanceProfileName: id, RoleName: after });
      }
    }
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await iam.untagInstanceProfile({ InstanceProfileName: id, TagKeys: remove });
    if (set.length > 0) await iam.tagInstanceProfile({ InstanceProfileName: id, Tags: set });
  },
  async delete(aws, id) {
    const iam = await aws.iam();
    const found = await unlessGone(
      iam.getInstanceProfile({ InstanceProfileName: id }),
      "NoSuchEntityException",
    );
    if (found === undefined) return;
    for (const { RoleName } of found.InstanceProfile?.Roles ?? []) {
      await iam.removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName });
    }
    await unlessGone(iam.deleteInstanceProfile({ InstanceProfileName: id }), "NoSuchEntityException");
  },
};
