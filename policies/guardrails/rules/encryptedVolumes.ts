import type { Finding } from "../../support/finding";
import type { PropsOf } from "../../support/resourceTypes";
import { remediateOn, on, resourceRule } from "../../support/rule";
import { isOn } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";

type LaunchTemplateProps = PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">;

export const encryptedVolumes = resourceRule(
  {
    name: "encrypted-volumes",
    displayName: "Volumes encrypted",
    description: "Every EBS volume of an instance is encrypted.",
    why: "Encryption is free. It keeps data unreadable in a snapshot that is shared by mistake. A launch template without block devices uses those of the image, which may be unencrypted.",
    severity: "medium",
    topics: ["encryption-at-rest"],
    fix: "Set encrypted to true on every volume, the image's root volume included.",
    url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    counterparts: {
      fsbp: ["EC2.3", "EC2.181"],
      checkov: ["CKV_AWS_3", "CKV_AWS_8"],
      cdkNag: ["AwsSolutions-EC26"],
    },
    settings: {},
  },
  [
    on("aws:ec2/launchTemplate:LaunchTemplate", judgeLaunchTemplate),
    on("aws:ec2/instance:Instance", function* ({ rootBlockDevice, ebsBlockDevices = [] }) {
      if (rootBlockDevice?.encrypted !== true) {
        yield { at: "rootBlockDevice.encrypted", value: rootBlockDevice?.encrypted, allowed: "true" };
      }
      yield* judgeEach(ebsBlockDevices, function* ({ encrypted }, index) {
        if (encrypted !== true) {
          yield { at: `ebsBlockDevices[${String(index)}].encrypted`, value: encrypted, allowed: "true" };
        }
      });
    }),
    on("aws:ebs/volume:Volume", function* ({ encrypted }) {
      if (encrypted !== true) yield { at: "encrypted", value: encrypted, allowed: "true" };
    }),
  ],
  [
    remediateOn("aws:ec2/launchTemplate:LaunchTemplate", encryptLaunchTemplate),
    remediateOn("aws:ebs/volume:Volume", () => ({ encrypted: true })),
  ],
);

function* judgeLaunchTemplate({ blockDeviceMappings = [] }: LaunchTemplateProps): Iterable<Finding> {
  if (blockDeviceMappings.length === 0) yield onMapping(0, undefined);
  yield* judgeEach(blockDeviceMappings, function* ({ ebs, noDevice, virtualName }, index) {
    // Neither a suppressed device nor an instance store is an EBS volume.
    if (noDevice !== undefined || virtualName !== undefined) return;
    if (!isOn(ebs?.encrypted)) yield onMapping(index, ebs?.encrypted);
  });
}

function onMapping(index: number, value: unknown): Finding {
  return { at: `blockDeviceMappings[${String(index)}].ebs.encrypted`, value, allowed: '"true"' };
}

/** A template without block devices stays as it is: only its author knows the image's device name. */
function encryptLaunchTemplate({ blockDeviceMappings = [] }: LaunchTemplateProps) {
  return {
    // Not map, which fails on a proxy of a proxy: see support/unknown.ts.
    blockDeviceMappings: Array.from(blockDeviceMappings, (mapping) =>
      mapping.ebs === undefined ? mapping : { ...mapping, ebs: { ...mapping.ebs, encrypted: "true" } },
    ),
  };
}
