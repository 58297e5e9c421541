import type { Finding } from "../../support/finding";
import type { PropsOf } from "../../support/resourceTypes";
import { remediateOn, on, resourceRule } from "../../support/rule";
import { isOn } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";

type LaunchTemplateProps = PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">;

/** Nothing of a site lies on a disk as it is. */
export const encryptedVolumes = resourceRule(
  {
    name: "encrypted-volumes",
    displayName: "Volumes encrypted",
    description: "Every volume of a server is encrypted.",
    why: "A snapshot that is shared by mistake, or a disk that leaves AWS's hands, is then of no use to anyone. Encryption costs nothing. A launch template that names no volume takes the image's, which may not be.",
    severity: "medium",
    fix: "Set encrypted to true on every volume, the image's root volume among them.",
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
    remediateOn("aws:ec2/launchTemplate:LaunchTemplate", mendLaunchTemplate),
    remediateOn("aws:ebs/volume:Volume", () => ({ encrypted: true })),
  ],
);

function* judgeLaunchTemplate({ blockDeviceMappings = [] }: LaunchTemplateProps): Iterable<Finding> {
  if (blockDeviceMappings.length === 0) yield onMapping(0, undefined);
  yield* judgeEach(blockDeviceMappings, function* ({ ebs, noDevice, virtualName }, index) {
    // Neither a device that is left out nor one that is the host's own disk is an EBS volume.
    if (noDevice !== undefined || virtualName !== undefined) return;
    if (!isOn(ebs?.encrypted)) yield onMapping(index, ebs?.encrypted);
  });
}

function onMapping(index: number, value: unknown): Finding {
  return { at: `blockDeviceMappings[${String(index)}].ebs.encrypted`, value, allowed: '"true"' };
}

/** Without a mapping there is nothing to mend: only the author knows the image's device name. */
function mendLaunchTemplate({ blockDeviceMappings = [] }: LaunchTemplateProps) {
  return {
    // Not map, which fails on a proxy of a proxy; see support/unknown.ts.
    blockDeviceMappings: Array.from(blockDeviceMappings, (mapping) =>
      mapping.ebs === undefined ? mapping : { ...mapping, ebs: { ...mapping.ebs, encrypted: "true" } },
    ),
  };
}
