import { awsClients, type AwsTarget } from "../providers/aws/clients";
import { isMarked, markTags, unless } from "./mark";

/** Creates the key pair, unless the account has one of this name in this region. */
export async function ensureKeyPair(target: AwsTarget, name: string): Promise<void> {
  const ec2 = await awsClients(target).ec2();
  await unless(
    "InvalidKeyPair.Duplicate",
    ec2.createKeyPair({
      KeyName: name,
      // An RSA key takes the emulator up to two seconds, and it answers no other call meanwhile.
      KeyType: "ed25519",
      TagSpecifications: [{ ResourceType: "key-pair", Tags: markTags }],
    }),
  );
}

/** Deletes the key pair that {@link ensureKeyPair} created. */
export async function removeKeyPair(target: AwsTarget, name: string): Promise<void> {
  const ec2 = await awsClients(target).ec2();
  const { KeyPairs = [] } = await ec2.describeKeyPairs({});
  const ours = KeyPairs.some(({ KeyName, Tags }) => KeyName === name && isMarked(Tags));
  if (ours) await ec2.deleteKeyPair({ KeyName: name });
}
