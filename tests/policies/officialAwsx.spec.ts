import { expect } from "chai";

import { databaseInPrivateSubnets } from "../../policies/guardrails/rules/databaseInPrivateSubnets";
import { fileSystemInEachZone } from "../../policies/guardrails/rules/fileSystemInEachZone";
import { severalZones } from "../../policies/guardrails/rules/severalZones";
import { wayOutInEachZone } from "../../policies/production/rules/wayOutInEachZone";
import type { StackRule } from "../../policies/support/rule";
import type { StackResource } from "../../policies/support/stack";
import { awsxStack, type AwsxStack, type RecordedVpc } from "./support/awsxGraph";
import { among, anyFixture, unknown } from "./support/fixture";
import { judgeStack, passed } from "./support/judge";

type Addition = (stack: AwsxStack, phase: "preview" | "update") => readonly StackResource[];

/** A database in subnets that a function chooses. */
const databaseIn =
  (choose: (stack: AwsxStack) => readonly string[]): Addition =>
  (stack, phase) => {
    const group = stack.add("aws:rds/subnetGroup:SubnetGroup", "database", "subnetIds", choose(stack));
    const name = phase === "update" ? "database" : unknown;
    const props = { dbSubnetGroupName: name };
    const database = anyFixture("aws:rds/instance:Instance", "database", props);
    return [group, among(database, { dbSubnetGroupName: [group] })];
  };

const fleetIn =
  (choose: (stack: AwsxStack) => readonly string[]): Addition =>
  (stack) => [stack.add("aws:autoscaling/group:Group", "fleet", "vpcZoneIdentifiers", choose(stack))];

const endpointIn =
  (choose: (stack: AwsxStack) => readonly string[]): Addition =>
  (stack) => {
    const endpoint = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "secrets", "subnetIds", choose(stack));
    return [{ ...endpoint, props: { ...endpoint.props, vpcEndpointType: "Interface" } }];
  };

const inPrivate = ({ outputs }: AwsxStack) => outputs.privateSubnetIds;
const inPublic = ({ outputs }: AwsxStack) => outputs.publicSubnetIds;
const inFirst = ({ outputs }: AwsxStack) => outputs.privateSubnetIds.slice(0, 1);
const both =
  (...additions: readonly Addition[]): Addition =>
  (stack, phase) =>
    additions.flatMap((add) => add(stack, phase));

const verdictOf = async (
  rule: StackRule,
  vpc: RecordedVpc,
  phase: "preview" | "update",
  addition: Addition,
) => {
  const stack = awsxStack(vpc, phase);
  return await judgeStack(rule, [...stack.network, ...addition(stack, phase)]);
};

function itPasses(rule: StackRule, vpc: RecordedVpc, what: string, addition: Addition): void {
  it(`${rule.name} passes ${what} in the VPC ${vpc}`, async () => {
    expect(await verdictOf(rule, vpc, "update", addition)).to.deep.equal(passed);
    expect((await verdictOf(rule, vpc, "preview", addition)).violations).to.deep.equal([]);
  });
}

function itRefuses(rule: StackRule, vpc: RecordedVpc, what: string, addition: Addition): void {
  it(`${rule.name} refuses ${what} in the VPC ${vpc}, in the update`, async () => {
    expect((await verdictOf(rule, vpc, "update", addition)).violations).to.have.length(1);
    const { violations, unknown: awaited } = await verdictOf(rule, vpc, "preview", addition);
    expect(violations).to.deep.equal([]);
    expect(awaited).to.contain("preview");
  });
}

/** Every output of the component depends on all its resources: dependencies say nothing about a subnet. */
describe("rules about a network of the official awsx", () => {
  for (const vpc of ["none", "single-private", "perAz-private"] as const) {
    itPasses(databaseInPrivateSubnets, vpc, "a database in private subnets", databaseIn(inPrivate));
    itRefuses(databaseInPrivateSubnets, vpc, "a database in public subnets", databaseIn(inPublic));
    itPasses(severalZones, vpc, "a fleet in two zones", fleetIn(inPrivate));
    itRefuses(severalZones, vpc, "a fleet in one zone", fleetIn(inFirst));
    const fleet = fleetIn(inPrivate);
    itPasses(fileSystemInEachZone, vpc, "no file system", fleet);
    if (vpc !== "single-private") {
      itPasses(wayOutInEachZone, vpc, "endpoints in each zone", both(fleet, endpointIn(inPrivate)));
      itRefuses(wayOutInEachZone, vpc, "an endpoint in one zone", both(fleet, endpointIn(inFirst)));
    }
  }
  itRefuses(wayOutInEachZone, "single-private", "one NAT gateway", fleetIn(inPrivate));
  itPasses(wayOutInEachZone, "perAz-private", "a NAT gateway in each zone", fleetIn(inPrivate));
  itPasses(wayOutInEachZone, "single-private", "a fleet in public subnets", fleetIn(inPublic));
});
