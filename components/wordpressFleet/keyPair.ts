import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";
import { parseSshPublicKey } from "./sshPublicKey";

/** The name of the key pair that lets in by SSH: the settings' own, or one made of their key; `undefined` without. */
export function settleKeyPair(
  { name, tags, parent }: FleetScope,
  { keyPairName, sshPublicKey }: FleetSettings,
): pulumi.Output<string> | undefined {
  if (keyPairName !== undefined) return pulumi.output(keyPairName);
  // Without its comment, so that another comment is no other key, which would replace all servers.
  const key = sshPublicKey === undefined ? undefined : parseSshPublicKey(sshPublicKey);
  if (key === undefined) return undefined;
  const keyPair = `${name}-servers`;
  return new aws.ec2.KeyPair(keyPair, { publicKey: key.text, tags: named(keyPair, tags) }, { parent })
    .keyName;
}
