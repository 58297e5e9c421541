import { expect } from "chai";

import { InvalidSettingsError } from "../../../components/settings/problem";
import { stackSettings } from "../../../config";
import { settleInAccount } from "../../../settingsInAccount";
import type { mockedFunctions } from "../../support/mockedTypes";
import { runUnderMocks } from "../../support/mocks";

type Answers = Partial<typeof mockedFunctions>;

const tags = { Project: "wordpress", Stack: "test", ManagedBy: "pulumi" };
const settings = stackSettings.parse({ fleet: { sizing: "manual" } });

/** Runs placeNetwork with these responses of AWS instead of the mocks' defaults. */
const place = (answers: Answers, wanted = settings) =>
  runUnderMocks(
    async () => {
      const stack = { project: "wordpress", stack: "test" };
      return (await settleInAccount("Pulumi.test.yaml", wanted, stack)).availabilityZones;
    },
    { answers },
  );

/** A live VPC with a public and a private subnet in each of two zones. */
const subnets: Readonly<Record<string, { cidrBlock: string; availabilityZone: string }>> = {
  "subnet-1": { cidrBlock: "10.20.192.0/19", availabilityZone: "us-east-1a" },
  "subnet-2": { cidrBlock: "10.20.0.0/18", availabilityZone: "us-east-1c" },
  "subnet-3": { cidrBlock: "10.20.64.0/19", availabilityZone: "us-east-1c" },
  "subnet-4": { cidrBlock: "10.20.128.0/18", availabilityZone: "us-east-1a" },
};
const live: Answers = {
  "aws:ec2/getVpcs:getVpcs": (args) => {
    expect(args["tags"]).to.deep.equal(tags);
    return { ids: ["vpc-1"] };
  },
  "aws:ec2/getVpc:getVpc": ({ id }) => ({ id, cidrBlock: "10.20.0.0/16" }),
  "aws:ec2/getSubnets:getSubnets": (args) => {
    expect(args).to.deep.equal({ filters: [{ name: "vpc-id", values: ["vpc-1"] }], tags });
    return { ids: Object.keys(subnets) };
  },
  "aws:ec2/getSubnet:getSubnet": ({ id }) => ({ id, ...subnets[String(id)] }),
};

describe("placeNetwork", () => {
  it("chooses zones that offer the servers' types and the database's class", async () => {
    const offered: Answers = {
      "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": (args) => {
        expect(args).to.deep.equal({
          locationType: "availability-zone",
          filters: [{ name: "instance-type", values: ["t3.micro"] }],
        });
        // Unsorted.
        return { locations: ["us-east-1c", "us-east-1b"] };
      },
    };
    expect((await place(offered)).outputs).to.deep.equal(["us-east-1b", "us-east-1c"]);
  });

  it("requests only available zones that are no Local Zones", async () => {
    const zones: Answers = {
      "aws:index/getAvailabilityZones:getAvailabilityZones": (args) => {
        expect(args).to.deep.equal({
          state: "available",
          filters: [{ name: "zone-type", values: ["availability-zone"] }],
        });
        return { names: ["us-east-1b", "us-east-1a"] };
      },
    };
    expect((await place(zones)).outputs).to.deep.equal(["us-east-1a", "us-east-1b"]);
  });

  it("keeps the zones of live subnets by their ranges, and does not look up a live database's class", async () => {
    const withoutDatabase: Answers = {
      ...live,
      "aws:rds/getOrderableDbInstance:getOrderableDbInstance": () => expect.fail("the database is up"),
    };
    expect((await place(withoutDatabase)).outputs).to.deep.equal(["us-east-1c", "us-east-1a"]);
  });

  it("refuses another range than the live VPC's, before any resource is registered", async () => {
    const other = stackSettings.parse({
      network: { cidrBlock: "10.21.0.0/16" },
      fleet: { sizing: "manual" },
    });
    const failure = await place(live, other).then(
      () => expect.fail("expected a refusal"),
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(InvalidSettingsError);
    expect(String(failure)).to.include(
      'Pulumi.test.yaml: 1 setting is wrong; nothing was changed.\n  network.cidrBlock: "10.21.0.0/16"',
    );
  });

  it("refuses a database class that RDS does not offer, from the provider's message", async () => {
    const none: Answers = {
      "aws:rds/getOrderableDbInstance:getOrderableDbInstance": () => {
        const details = "no RDS Orderable DB Instance Options found matching criteria; try different search";
        // A provider's message, as gRPC delivers it.
        throw Object.assign(new Error("failed"), { details });
      },
    };
    const failure = await place(none).then(
      () => expect.fail("expected a refusal"),
      (error: unknown) => error,
    );
    expect(String(failure)).to.include("database.instanceClass");
    expect(String(failure)).to.include("no zone of the region");
  });

  it("reports its problems together with the account's other problems", async () => {
    const launcher = { existingRoleArn: "arn:aws:iam::999999999999:role/LabRole" };
    const other = stackSettings.parse({
      network: { cidrBlock: "10.21.0.0/16" },
      fleet: { sizing: "manual" },
      launcher,
    });
    const failure = await place(live, other).then(
      () => expect.fail("expected a refusal"),
      (error: unknown) => String(error),
    );
    expect(failure).to.include("network.cidrBlock").and.include("launcher.existingRoleArn");
  });

  it("keeps AWS's error when AWS does not respond", async () => {
    const denied: Answers = {
      "aws:rds/getOrderableDbInstance:getOrderableDbInstance": () => {
        throw Object.assign(new Error("failed"), { details: "AccessDenied: not authorized" });
      },
    };
    const failure = await place(denied).then(
      () => expect.fail("expected a failure"),
      (error: unknown) => error,
    );
    expect(String(failure)).to.include("AccessDenied: not authorized");
  });
});
