import type { Finding } from "../../support/finding";
import { required } from "../../support/required";
import { on, resourceRule } from "../../support/rule";
import { judgeEach } from "../../support/unknown";

export const noPublicImages = resourceRule(
  {
    name: "no-public-images",
    displayName: "No public images and snapshots",
    description:
      "No machine image and no snapshot of a volume is shared with every AWS account, and the account's block of public sharing stays on.",
    why: "An image and a snapshot have the whole disk: passwords in configuration files, keys, uploads. Public ones are found and copied within minutes.",
    severity: "critical",
    topics: ["public-access"],
    fix: "Share with single accounts or with the organization, and keep the block of public sharing.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-1",
    counterparts: { fsbp: ["EC2.1"], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:ec2/amiLaunchPermission:AmiLaunchPermission", ({ group }) => everyone("group", group)),
    on("aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission", ({ accountId }) =>
      everyone("accountId", accountId),
    ),
    on("aws:imagebuilder/distributionConfiguration:DistributionConfiguration", ({ distributions }) =>
      judgeEach(
        required(distributions, "distributions"),
        ({ amiDistributionConfiguration: image }, index) => {
          const at = `distributions[${String(index)}].amiDistributionConfiguration.launchPermission.userGroups`;
          return judgeEach(image?.launchPermission?.userGroups ?? [], (group, nth) =>
            everyone(`${at}[${String(nth)}]`, group),
          );
        },
      ),
    ),
    on("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", ({ state }) =>
      unblocked(state, ["block-new-sharing"]),
    ),
    on("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", ({ state }) =>
      unblocked(state, ["block-all-sharing", "block-new-sharing"]),
    ),
  ],
);

function* everyone(at: string, value: string | undefined): Iterable<Finding> {
  if (value?.toLowerCase() === "all") yield { at, value, allowed: "single accounts or an organization" };
}

function* unblocked(state: string, blocks: readonly string[]): Iterable<Finding> {
  if (!blocks.includes(state)) yield { at: "state", value: state, allowed: `one of ${blocks.join(", ")}` };
}
