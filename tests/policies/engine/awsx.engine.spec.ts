import { Group } from "@pulumi/aws/autoscaling";
import {
  InternetGateway,
  LaunchTemplate,
  Route,
  RouteTable,
  RouteTableAssociation,
  SecurityGroup,
  Vpc,
  VpcEndpoint,
  type Subnet,
} from "@pulumi/aws/ec2";
import { SubnetGroup } from "@pulumi/aws/rds";
import { ec2 } from "@pulumi/awsx";
import type { Input, Output } from "@pulumi/pulumi";
import { expect } from "chai";

import { openEngine, type Engine } from "./engine";
import { group, makeDatabase, makeSubnets, server, tags } from "./parts";

type SubnetType = "Public" | "Private";

function makeVpc(...types: readonly SubnetType[]): ec2.Vpc {
  return new ec2.Vpc(
    "net",
    {
      numberOfAvailabilityZones: 2,
      natGateways: { strategy: "None" },
      subnetStrategy: "Auto",
      subnetSpecs: types.map((type) => ({ type })),
      tags,
    },
    {
      transforms: [
        ({ type, props, opts }) =>
          type === "aws:ec2/subnet:Subnet"
            ? { props: { ...props, mapPublicIpOnLaunch: false }, opts }
            : undefined,
      ],
    },
  );
}

function makeDatabaseIn(subnetIds: Input<Input<string>[]>) {
  const subnets = new SubnetGroup("database", { subnetIds, tags });
  makeDatabase({ dbSubnetGroupName: subnets.name });
}

function makeFleetIn(
  { vpcId }: ec2.Vpc,
  vpcZoneIdentifiers: Output<string[]>,
  sizes = { minSize: 0, maxSize: 1 },
) {
  const securityGroup = new SecurityGroup("servers", { vpcId, tags });
  const networkInterfaces = [{ associatePublicIpAddress: "false", securityGroups: [securityGroup.id] }];
  const { id } = new LaunchTemplate("server", { ...server, networkInterfaces });
  const launchTemplate = { id, version: "1" };
  new Group(
    "fleet",
    { ...group, ...sizes, healthCheckType: "EC2", launchTemplate, vpcZoneIdentifiers },
    { protect: true },
  );
}

/** Two plain subnets in two zones; the first has a route to the internet. */
function makePlainSubnets(): readonly Subnet[] {
  const { id: vpcId } = new Vpc("plain", { cidrBlock: "10.0.0.0/16", tags });
  const gateway = new InternetGateway("plain", { vpcId, tags });
  const table = new RouteTable("plain", { vpcId, tags });
  new Route("plain", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  const subnets = makeSubnets({ vpcId });
  for (const subnet of subnets.slice(0, 1)) {
    new RouteTableAssociation("plain", { subnetId: subnet.id, routeTableId: table.id });
  }
  return subnets;
}

/** Every output of `awsx.ec2.Vpc` depends on every subnet: a first preview does not know which output has which subnet. */
describe("rules about the subnets of awsx.ec2.Vpc", () => {
  let engine: Engine;
  before(async () => {
    engine = await openEngine({});
  });
  after(async () => {
    await engine.close();
  });

  const refusalOf = async (name: string, program: () => void, pack = "guardrails") =>
    (await engine.attempt({ name, pack, withoutPreview: false, program })).refusal;
  const refused = "Policy refuses the stack: guardrails/database-in-private-subnets.";

  it("pass a database in private subnets and a fleet in two zones", async () => {
    const refusal = await refusalOf("good", () => {
      const vpc = makeVpc("Private", "Public");
      makeDatabaseIn(vpc.privateSubnetIds);
      makeFleetIn(vpc, vpc.privateSubnetIds);
    });
    expect(refusal).to.equal(undefined);
  });

  it("refuse a database in public subnets by the ids of the update", async () => {
    const refusal = await refusalOf("public", () => {
      makeDatabaseIn(makeVpc("Private", "Public").publicSubnetIds);
    });
    expect(refusal).to.match(new RegExp(`^${refused} \\d+ changes were made and are kept\\.$`));
  });

  it("refuse it in the preview if every subnet is public", async () => {
    const refusal = await refusalOf("only-public", () => {
      makeDatabaseIn(makeVpc("Public").publicSubnetIds);
    });
    expect(refusal).to.equal(`${refused} Nothing was changed.`);
  });

  it("refuse a fleet in one zone by the ids of the update", async () => {
    const refusal = await refusalOf("one-zone", () => {
      const vpc = makeVpc("Private", "Public");
      makeFleetIn(
        vpc,
        vpc.privateSubnetIds.apply((ids) => ids.slice(0, 1)),
      );
    });
    expect(refusal).to.match(/^Policy refuses the stack: guardrails\/several-zones\. \d+ changes/);
  });

  it("refuse an interface endpoint in one zone of the fleet by the ids of the update", async () => {
    const makeEndpoint = (count: number) => () => {
      const vpc = makeVpc("Private", "Public");
      makeFleetIn(vpc, vpc.privateSubnetIds, { minSize: 2, maxSize: 2 });
      new VpcEndpoint("secrets", {
        vpcId: vpc.vpcId,
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.us-east-1.secretsmanager",
        subnetIds: vpc.privateSubnetIds.apply((ids) => ids.slice(0, count)),
        tags,
      });
    };
    expect(await refusalOf("endpoint-in-one", makeEndpoint(1), "production")).to.match(
      /^Policy refuses the stack: production\/way-out-in-each-zone\. \d+ changes/,
    );
    expect(await refusalOf("endpoint-in-both", makeEndpoint(2), "production")).to.equal(undefined);
  });

  it("distinguish plain subnets in the preview", async () => {
    const inBoth = await refusalOf("plain-public", () => {
      makeDatabaseIn(makePlainSubnets().map(({ id }) => id));
    });
    expect(inBoth).to.equal(`${refused} Nothing was changed.`);
    const inPrivate = await refusalOf("plain-private", () => {
      makeDatabaseIn(
        makePlainSubnets()
          .slice(1)
          .map(({ id }) => id),
      );
    });
    // AWS's own error about a single zone is not the rule's.
    expect(inPrivate ?? "").not.to.contain("Policy refuses");
  });
});
