import { expect } from "chai";

import { labRegions } from "../../../policies/learner-lab/rules/labRegions";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture, unknown } from "../support/fixture";
import { judge } from "../support/judge";

describe("lab-regions", () => {
  const provider = anyFixture("pulumi:providers:aws", "default", { region: "us-west-2" });
  const vpc = anyFixture("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  itPasses(
    labRegions,
    "the lab's regions",
    provider,
    vpc,
    anyFixture("aws:ec2/vpc:Vpc", "vpc", { region: "us-east-1" }),
  );
  const allowed = "one of us-east-1, us-west-2";
  for (const region of ["ap-northeast-2", undefined]) {
    const changed = anyFixture("pulumi:providers:aws", "default", { region });
    itRefuses(labRegions, `a provider in ${String(region)}`, changed, {
      at: "region",
      value: region,
      allowed,
    });
  }
  const elsewhere = anyFixture("aws:ec2/vpc:Vpc", "vpc", { region: "eu-central-1" });
  itRefuses(labRegions, "a resource in another region", elsewhere, {
    at: "region",
    value: "eu-central-1",
    allowed,
  });
  itRefuses(
    labRegions,
    "a value that its configuration does not list",
    provider,
    { at: "region", value: "us-west-2", allowed: "one of us-east-1" },
    { regions: ["us-east-1"] },
  );

  itPasses(
    labRegions,
    "an empty region, replicas in the lab's regions and lists of something else",
    anyFixture("aws:ec2/vpc:Vpc", "vpc", { region: "" }),
    anyFixture("aws:dynamodb/table:Table", "table", { replicas: [{ regionName: "us-west-2" }] }),
    anyFixture("aws:dynamodb/table:Table", "table", { replicas: [null, "us", {}] }),
    anyFixture("aws:dynamodb/table:Table", "table", { replicas: "none" }),
  );
  const reaching = [
    ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection", { peerRegion: "eu-west-1" }, "peerRegion"],
    ["aws:rds/snapshotCopy:SnapshotCopy", { sourceRegion: "eu-west-1" }, "sourceRegion"],
    ["aws:ec2/amiCopy:AmiCopy", { sourceAmiRegion: "eu-west-1" }, "sourceAmiRegion"],
    [
      "aws:secretsmanager/secret:Secret",
      { replicas: [{ region: "us-east-1" }, { region: "eu-west-1" }] },
      "replicas[1].region",
    ],
    ["aws:dynamodb/table:Table", { replicas: [{ regionName: "eu-west-1" }] }, "replicas[0].regionName"],
    [
      "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
      { distributions: [{ region: "eu-west-1" }] },
      "distributions[0].region",
    ],
  ] as const;
  for (const [type, props, at] of reaching) {
    itRefuses(labRegions, `another region at ${at}`, anyFixture(type, "mine", props), {
      at,
      value: "eu-west-1",
      allowed,
    });
  }

  it("does not judge regions that a preview does not know", async () => {
    for (const props of [
      { region: unknown },
      { sourceRegion: unknown },
      { replicas: unknown },
      { replicas: [{ region: unknown }] },
    ]) {
      const verdict = await judge(labRegions, anyFixture("aws:secretsmanager/secret:Secret", "mine", props));
      expect(verdict.violations).to.deep.equal([]);
      expect(verdict.unknown).to.contain(Object.keys(props)[0]);
    }
  });

  it("refuses a known region beside unknown ones", async () => {
    const replicas = [{ region: unknown }, { region: "eu-west-1" }];
    const verdict = await judge(
      labRegions,
      anyFixture("aws:secretsmanager/secret:Secret", "mine", { replicas }),
    );
    expect(verdict.violations.join()).to.contain('replicas[1].region is "eu-west-1"');
  });
});
