import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";
import { parseSshPublicKey } from "./sshPublicKey";

/** The name of the key pair for SSH: the existing one, or one created from `sshPublicKey`; `undefined` without both. */
export function settleKeyPair(
  { name, tags, parent }: FleetScope,
  { keyPairName, sshPublicKey }: FleetSettings,
): pulumi.Output<string> | undefined {
  if (keyPairName !== undefined) return pulumi.output(keyPairName);
  // Without the comment: a changed comment would otherwise be another key, and replace all servers.
  const key = sshPublicKey === undefined ? undefined : parseSshPublicKey(sshPublicKey);
  if (key === undefined) return undefined;
  const keyPair = `${name}-servers`;
  return new aws.ec2.KeyPair(keyPair, { publicKey: key.text, tags: named(keyPair, tags) }, { parent })
    .keyName;
}
