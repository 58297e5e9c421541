import { createHash } from "node:crypto";

import type { Properties } from "../../../../localAws/providers/aws/resourceType";

/** A trust policy. */
export function trust(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

const signatureKey = "4dabf18193072939515e22adb298388d";

/** An AssetArchive of StringAssets, as the engine passes it to a provider. */
export function archiveOf(files: Readonly<Record<string, string>>): Properties {
  const assets: Record<string, Properties> = {};
  for (const [name, text] of Object.entries(files)) {
    assets[name] = { [signatureKey]: "c44067f5952c0a294b673a41bacd8c17", hash: hashOf(text), text };
  }
  return {
    [signatureKey]: "0def7320c3a5731c473e5ecbe6d01bc7",
    assets,
    hash: hashOf(JSON.stringify(files)),
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
