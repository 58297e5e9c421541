import type { PropsOf } from "../../support/resourceTypes";
import { on, onAny, remediateOn, resourceRule } from "../../support/rule";
import { isOff } from "../../support/spelling";
import { judgeAll } from "../../support/unknown";
import { volumesOf, volumeTypes } from "../../support/views/servers/volumes";

type LaunchTemplateProps = PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">;

export const encryptedVolumes = resourceRule(
  {
    name: "encrypted-volumes",
    displayName: "Volumes encrypted",
    description:
      "Every EBS volume of an instance is encrypted, and so are the snapshots and images that the stack copies; the account's default stays on.",
    why: "Encryption is free. It keeps data unreadable in a snapshot that is shared by mistake. A launch template without block devices uses those of the image, which may be unencrypted.",
    severity: "medium",
    topics: ["encryption-at-rest"],
    fix: "Set encrypted to true on every volume, the image's root volume included.",
    url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    counterparts: {
      fsbp: ["EC2.3", "EC2.173", "EC2.181", "WorkSpaces.1", "WorkSpaces.2"],
      checkov: [
        "CKV_AWS_3",
        "CKV_AWS_8",
        "CKV_AWS_106",
        "CKV2_AWS_2",
        "CKV_AWS_235",
        "CKV_AWS_155",
        "CKV_AWS_156",
      ],
      cdkNag: ["AwsSolutions-EC26"],
    },
    settings: {},
  },
  [
    onAny(volumeTypes, (resource) =>
      judgeAll(volumesOf(resource), function* ({ encryption }) {
        const property = encryption?.();
        if (property === undefined || property.isOn) return;
        const { at, value } = property;
        // A launch template's flag is a text.
        yield { at, value, allowed: at.includes(".ebs.") ? '"true"' : "true" };
      }),
    ),
    on("aws:ebs/encryptionByDefault:EncryptionByDefault", function* ({ enabled }) {
      if (isOff(enabled)) yield { at: "enabled", value: enabled, allowed: "true" };
    }),
  ],
  [
    remediateOn("aws:ec2/launchTemplate:LaunchTemplate", encryptLaunchTemplate),
    remediateOn("aws:ebs/volume:Volume", () => ({ encrypted: true })),
    remediateOn("aws:ebs/snapshotCopy:SnapshotCopy", () => ({ encrypted: true })),
    remediateOn("aws:ebs/encryptionByDefault:EncryptionByDefault", () => ({ enabled: true })),
  ],
);

/** A template without block devices stays as it is: only its author knows the image's device name. */
function encryptLaunchTemplate({ blockDeviceMappings = [] }: LaunchTemplateProps) {
  return {
    // Not map, which fails on a proxy of a proxy: see support/unknown.ts.
    blockDeviceMappings: Array.from(blockDeviceMappings, (mapping) =>
      mapping.ebs === undefined ? mapping : { ...mapping, ebs: { ...mapping.ebs, encrypted: "true" } },
    ),
  };
}
