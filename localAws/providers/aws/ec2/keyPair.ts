import type { KeyPairArgs, KeyPairState } from "@pulumi/aws/ec2";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { retag, taggedAs } from "./tagging";

/** A public key that EC2 installs on servers. Its id is its name. */
export const keyPair: ResourceType<KeyPairArgs> = {
  token: "aws:ec2/keyPair:KeyPair",
  properties: {
    keyName: { replace: true, autoName: { maxLength: 255 } },
    // AWS returns only the key's fingerprint.
    publicKey: { required: true, replace: true, notReadable: true },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<KeyPairArgs>(inputs);
    const { KeyName } = await (
      await aws.ec2()
    ).importKeyPair({
      KeyName: from.requiredString("keyName"),
      PublicKeyMaterial: Buffer.from(from.requiredString("publicKey")),
      ...taggedAs("key-pair", inputs),
    });
    return { id: sent(KeyName, "KeyName") };
  },
  async read(aws, id) {
    const answer = await unlessGone(
      (await aws.ec2()).describeKeyPairs({ KeyNames: [id] }),
      "InvalidKeyPair.NotFound",
    );
    const found = answer?.KeyPairs?.[0];
    if (found === undefined) return undefined;
    return present({
      arn: ec2Arn(aws, "key-pair", id),
      fingerprint: found.KeyFingerprint,
      keyName: found.KeyName,
      keyNamePrefix: "",
      keyPairId: found.KeyPairId,
      keyType: found.KeyType,
      ...tagProperties(found.Tags),
    } satisfies Known<KeyPairState>);
  },
  async update(aws, change) {
    const keyPairId = reading<KeyPairState>(change.old).requiredString("keyPairId");
    await retag(aws, change, keyPairId);
  },
  async delete(aws, id) {
    // AWS accepts the deletion of one that does not exist.
    await (await aws.ec2()).deleteKeyPair({ KeyName: id });
  },
};
