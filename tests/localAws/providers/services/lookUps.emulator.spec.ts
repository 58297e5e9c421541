import { expect } from "chai";

import {
  getInstanceTypeOfferings,
  getSubnet,
  getSubnets,
  getVpc,
  getVpcs,
} from "../../../../localAws/providers/aws/ec2/networkFunctions";
import { subnet } from "../../../../localAws/providers/aws/ec2/subnet";
import { vpc } from "../../../../localAws/providers/aws/ec2/vpc";
import { getAvailabilityZones } from "../../../../localAws/providers/aws/index/functions";
import { getOrderableDbInstance } from "../../../../localAws/providers/aws/rds/getOrderableDbInstance";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { make } from "./life";

describe("the lookups before a network is created", () => {
  const account = emulatedAccount();
  const tags = { Stack: "dev", Project: "wordpress" };

  it("find VPCs and their subnets by all tags, and none without a match", async () => {
    const { aws } = account;
    const network = await make(aws, vpc, { cidrBlock: "10.61.0.0/16", tags });
    await make(aws, vpc, { cidrBlock: "10.62.0.0/16", tags: { ...tags, Stack: "prod" } });
    const part = await make(aws, subnet, {
      vpcId: network.id,
      cidrBlock: "10.61.0.0/18",
      availabilityZone: "us-east-1c",
      tags,
    });
    await make(aws, subnet, { vpcId: network.id, cidrBlock: "10.61.64.0/18" });

    expect((await getVpcs.invoke(aws, { tags }))["ids"]).to.deep.equal([network.id]);
    expect((await getVpcs.invoke(aws, { tags: { ...tags, Stack: "other" } }))["ids"]).to.deep.equal([]);
    expect(await getVpc.invoke(aws, { id: network.id })).to.include({ cidrBlock: "10.61.0.0/16" });
    const filters = [{ name: "vpc-id", values: [network.id] }];
    expect((await getSubnets.invoke(aws, { filters }))["ids"]).to.have.length(2);
    expect((await getSubnets.invoke(aws, { filters, tags }))["ids"]).to.deep.equal([part.id]);
    expect(await getSubnet.invoke(aws, { id: part.id })).to.include({
      availabilityZone: "us-east-1c",
      cidrBlock: "10.61.0.0/18",
      vpcId: network.id,
    });
  });

  it("return AWS's zones of an instance type", async () => {
    const { aws } = account;
    const zonesOf = async (type: string) => {
      const filters = [{ name: "instance-type", values: [type] }];
      const answer = await getInstanceTypeOfferings.invoke(aws, {
        filters,
        locationType: "availability-zone",
      });
      expect(answer["instanceTypes"]).to.satisfy((types: readonly string[]) =>
        types.every((each) => each === type),
      );
      return answer["locations"];
    };
    expect(await zonesOf("t3.micro")).to.have.members(
      ["a", "b", "c", "d", "f"].map((zone) => `us-east-1${zone}`),
    );
    expect(await zonesOf("t2.micro")).to.include("us-east-1e");
    expect(await zonesOf("t3.huge")).to.deep.equal([]);
  });

  it("return the zones of a database class, or fail as the official provider does", async () => {
    const { aws } = account;
    const ask = (instanceClass: string) =>
      getOrderableDbInstance.invoke(aws, {
        engine: "mariadb",
        engineLatestVersion: true,
        instanceClass,
        preferredInstanceClasses: [instanceClass],
      });
    const answer = await ask("db.t4g.micro");
    expect(answer).to.include({ instanceClass: "db.t4g.micro", engineVersion: "11.8.3" });
    expect(answer["availabilityZones"]).to.include("us-east-1a").and.not.to.include("us-east-1e");
    expect(await rejectionOf(ask("db.t3.nano"))).to.include("no RDS Orderable DB Instance Options found");
    const many = getOrderableDbInstance.invoke(aws, { engine: "mariadb", instanceClass: "db.t4g.micro" });
    expect(await rejectionOf(many)).to.include("multiple (3) RDS DB Instance Classes");
  });

  it("return the region's zones by their type", async () => {
    const of = async (kind: string) =>
      (await getAvailabilityZones.invoke(account.aws, { filters: [{ name: "zone-type", values: [kind] }] }))[
        "names"
      ];
    expect(await of("availability-zone")).to.include.members(["us-east-1a", "us-east-1f"]);
    expect(await of("local-zone")).to.deep.equal([]);
  });
});
