import type { PolicyArgs, PolicyState } from "@pulumi/aws/iam";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** A customer managed policy. Its id is its ARN. */
export const policy: ResourceType<PolicyArgs> = {
  token: "aws:iam/policy:Policy",
  properties: {
    description: { replace: true },
    name: { replace: true, autoName: { maxLength: 128 } },
    path: { replace: true, default: "/" },
    policy: { required: true, json: "policy" },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<PolicyArgs>(inputs);
    const { Policy } = await (
      await aws.iam()
    ).createPolicy({
      PolicyName: from.requiredString("name"),
      PolicyDocument: from.requiredJson("policy"),
      Description: from.string("description"),
      Path: from.string("path"),
      Tags: newTagList(inputs),
    });
    return { id: sent(Policy?.Arn, "Policy.Arn") };
  },
  async read(aws, id) {
    const iam = await aws.iam();
    const found = (await unlessGone(iam.getPolicy({ PolicyArn: id }), "NoSuchEntityException"))?.Policy;
    if (found === undefined) return undefined;
    const version = await iam.getPolicyVersion({ PolicyArn: id, VersionId: found.DefaultVersionId });
    return present({
      arn: found.Arn,
      attachmentCount: found.AttachmentCount,
      description: found.Description === "" ? undefined : found.Description,
      name: found.PolicyName,
      path: found.Path,
      policy: decodeURIComponent(sent(version.PolicyVersion?.Document, "PolicyVersion.Document")),
      policyId: found.PolicyId,
      ...tagProperties(found.Tags),
    } satisfies Known<PolicyState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const iam = await aws.iam();
    if (changed.has("policy")) {
      // AWS keeps at most five versions, so the replaced one is deleted.
      const before = (await iam.getPolicy({ PolicyArn: id })).Policy?.DefaultVersionId;
      await iam.createPolicyVersion({
        PolicyArn: id,
        PolicyDocument: reading<PolicyArgs>(inputs).requiredJson("policy"),
        SetAsDefault: true,
      });
      await iam.deletePolicyVersion({ PolicyArn: id, VersionId: before });
    }
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await iam.untagPolicy({ PolicyArn: id, TagKeys: remove });
    if (set.length > 0) await iam.tagPolicy({ PolicyArn: id, Tags: set });
  },
  async delete(aws, id) {
    const iam = await aws.iam();
    const versions = await unlessGone(iam.listPolicyVersions({ PolicyArn: id }), "NoSuchEntityException");
    for (const { VersionId, IsDefaultVersion } of versions?.Versions ?? []) {
      if (IsDefaultVersion !== true) await iam.deletePolicyVersion({ PolicyArn: id, VersionId });
    }
    await unlessGone(iam.deletePolicy({ PolicyArn: id }), "NoSuchEntityException");
  },
};
