import type { DescribeSecretResponse } from "@aws-sdk/client-secrets-manager";
import type { SecretArgs, SecretState } from "@pulumi/aws/secretsmanager";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** A secret without its values, which are separate versions. Its id is its ARN. */
export const secret: ResourceType<SecretArgs> = {
  token: "aws:secretsmanager/secret:Secret",
  properties: {
    description: {},
    kmsKeyId: {},
    name: { replace: true, autoName: { maxLength: 512 } },
    recoveryWindowInDays: { default: 30, notReadable: true },
    tags: {},
  },
  check: checkSecret,
  async create(aws, inputs) {
    const from = reading<SecretArgs>(inputs);
    const { ARN } = await (
      await aws.secretsManager()
    ).createSecret({
      Description: from.string("description"),
      KmsKeyId: from.string("kmsKeyId"),
      Name: from.requiredString("name"),
      Tags: newTagList(inputs),
    });
    return { id: sent(ARN, "ARN") };
  },
  async read(aws, id) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    return present({
      arn: id,
      description: found.Description,
      kmsKeyId: found.KmsKeyId,
      name: found.Name,
      ...tagProperties(found.Tags),
    } satisfies Known<SecretState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const secrets = await aws.secretsManager();
    if (changed.has("description") || changed.has("kmsKeyId")) {
      const from = reading<SecretArgs>(inputs);
      await secrets.updateSecret({
        SecretId: id,
        Description: from.string("description") ?? "",
        KmsKeyId: from.string("kmsKeyId"),
      });
    }
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await secrets.untagResource({ SecretId: id, TagKeys: remove });
    if (set.length > 0) await secrets.tagResource({ SecretId: id, Tags: set });
  },
  async delete(aws, id, state) {
    if ((await find(aws, id)) === undefined) return;
    const days = reading<SecretArgs>(state).number("recoveryWindowInDays") ?? 30;
    const waiting = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await unlessGone(
      (await aws.secretsManager()).deleteSecret({ SecretId: id, ...waiting }),
      "ResourceNotFoundException",
    );
  },
};

/** A secret that is scheduled for deletion counts as deleted, although AWS still returns it. */
async function find(aws: AwsClients, SecretId: string): Promise<DescribeSecretResponse | undefined> {
  const found = await unlessGone(
    (await aws.secretsManager()).describeSecret({ SecretId }),
    "ResourceNotFoundException",
  );
  return found?.DeletedDate === undefined ? found : undefined;
}

/** Values that Secrets Manager refuses. Source: its API reference, CreateSecret and DeleteSecret. */
function checkSecret(inputs: Properties): readonly CheckFailure[] {
  const from = reading<SecretArgs>(inputs);
  const failures: CheckFailure[] = [];
  const name = from.string("name");
  if (name !== undefined && !/^[\w/+=.@-]{1,512}$/.test(name)) {
    failures.push({
      property: "name",
      reason: `${name} - allowed: 1 to 512 letters, digits or any of /_+=.@-`,
    });
  }
  const days = from.number("recoveryWindowInDays") ?? 30;
  if (days !== 0 && !(days >= 7 && days <= 30)) {
    failures.push({ property: "recoveryWindowInDays", reason: `${String(days)} - allowed: 0, or 7 to 30` });
  }
  return failures;
}
