import { noPublicImages as rule } from "../../../policies/guardrails/rules/noPublicImages";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";

const image = fixture("aws:ec2/amiLaunchPermission:AmiLaunchPermission", "partner", {
  imageId: "ami-1",
  accountId: "123456789012",
});
const snapshot = fixture("aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission", "partner", {
  snapshotId: "snap-1",
  accountId: "123456789012",
});
const distribution = (userGroups: string[] | undefined) =>
  fixture("aws:imagebuilder/distributionConfiguration:DistributionConfiguration", "images", {
    distributions: [
      { region: "us-east-1" },
      { region: "us-east-1", amiDistributionConfiguration: { launchPermission: { userGroups } } },
    ],
  });
const images = fixture("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "images", {
  state: "block-new-sharing",
});
const snapshots = fixture("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "snapshots", {
  state: "block-all-sharing",
});
const allowed = "single accounts or an organization";

describe("no-public-images", () => {
  itPasses(rule, "what single accounts may use", image, snapshot, distribution(undefined), images, snapshots);
  itPasses(rule, "a block of new sharing", spoil(snapshots, { state: "block-new-sharing" }));
  itRefuses(rule, "an image for everyone", spoil(image, { accountId: undefined, group: "all" }), {
    ...{ at: "group", value: "all", allowed },
  });
  itRefuses(rule, "a snapshot for everyone", spoil(snapshot, { accountId: "all" }), {
    ...{ at: "accountId", value: "all", allowed },
  });
  itRefuses(rule, "images that Image Builder makes for everyone", distribution(["all"]), {
    at: "distributions[1].amiDistributionConfiguration.launchPermission.userGroups[0]",
    ...{ value: "all", allowed },
  });
  itRefuses(rule, "unblocked images", spoil(images, { state: "unblocked" }), {
    ...{ at: "state", value: "unblocked", allowed: "one of block-new-sharing" },
  });
  itRefuses(rule, "unblocked snapshots", spoil(snapshots, { state: "unblocked" }), {
    ...{ at: "state", value: "unblocked", allowed: "one of block-all-sharing, block-new-sharing" },
  });
});
