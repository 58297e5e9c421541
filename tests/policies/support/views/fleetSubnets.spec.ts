import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";

import { allOf, type StackResource } from "../../../../policies/support/stack";
import {
  fleetsIn,
  inVpcOfSubnets,
  namedBy,
  sharesVpc,
  subnetsOfFleets,
  type Fleet,
} from "../../../../policies/support/views/fleetSubnets";
import {
  referencedZones,
  subnetsOf,
  subnetsOfEndpoint,
  zoneOf,
} from "../../../../policies/support/views/subnets";
import { among, anyFixture, unknown } from "../fixture";

const shown = (
  type: string,
  name: string,
  props: object = {},
  dependencies: StackResource["propertyDependencies"] = {},
) => among(anyFixture(type, name, unknownCheckingProxy(props)), dependencies);
const subnet = (name: string, vpcId: string, props: object = {}) =>
  shown("aws:ec2/subnet:Subnet", name, { id: `subnet-${name}`, vpcId, ...props });
const group = (
  name: string,
  subnets: readonly string[],
  dependencies: StackResource["propertyDependencies"] = {},
) => shown("aws:autoscaling/group:Group", name, { vpcZoneIdentifiers: subnets }, dependencies);

const a = subnet("a", "vpc-1", { availabilityZone: "us-east-1a" });
const b = subnet("b", "vpc-2", { availabilityZoneId: "use1-az2" });
const namesOf = (all: readonly StackResource[]) => all.map(({ name }) => name);

describe("the fleets of a stack", () => {
  const one = group("one", ["subnet-a"]);
  const two = group("two", ["subnet-b"]);
  const elsewhere = group("elsewhere", []);
  const stack = [a, b, one, two, elsewhere];
  const groupsOf = (some: readonly Fleet[]) => namesOf(some.map((fleet) => fleet.group));

  it("have their subnets", () => {
    expect(fleetsIn(stack).map(({ subnets }) => namesOf(subnets.certain))).to.deep.equal([["a"], ["b"], []]);
    expect(namesOf(subnetsOfFleets(fleetsIn(stack)).certain)).to.deep.equal(["a", "b"]);
  });

  it("are in the VPC of a subnet, or in one that the stack does not show", () => {
    const inVpcOf = (...subnets: readonly string[]) => {
      const used = shown("aws:rds/subnetGroup:SubnetGroup", "used", { subnetIds: subnets });
      return groupsOf(inVpcOfSubnets(fleetsIn(stack), subnetsOf(stack, used, "subnetIds"), stack));
    };
    expect(inVpcOf("subnet-a")).to.deep.equal(["one", "elsewhere"]);
    expect(inVpcOf("subnet-b")).to.deep.equal(["two", "elsewhere"]);
    expect(inVpcOf("subnet-a", "subnet-b")).to.deep.equal(["one", "two", "elsewhere"]);
    expect(inVpcOf()).to.deep.equal(["one", "two", "elsewhere"]);
  });

  it("share the VPC of another resource, if it has the id of theirs", () => {
    const endpoint = shown("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", { vpcId: "vpc-1" });
    expect(fleetsIn(stack).map((fleet) => sharesVpc(fleet, endpoint, stack))).to.deep.equal([
      true,
      false,
      true,
    ]);
    const both = [a, b, endpoint, group("both", ["subnet-b", "subnet-a"])];
    expect(fleetsIn(both).map((fleet) => sharesVpc(fleet, endpoint, both))).to.deep.equal([true]);
  });

  for (const [type, property] of [
    ["aws:ec2/launchTemplate:LaunchTemplate", "launchTemplate"],
    ["aws:ec2/launchTemplate:LaunchTemplate", "mixedInstancesPolicy"],
    ["aws:ec2/launchConfiguration:LaunchConfiguration", "launchConfiguration"],
  ] as const) {
    it(`name a resource in the ${property}`, () => {
      const template = shown(type, "template", {}, { imageId: [], userData: [a] });
      const naming = [one, two, group("naming", [], { [property]: [template] })];
      expect(groupsOf(namedBy(fleetsIn(naming), a))).to.deep.equal(["naming"]);
      expect(groupsOf(namedBy(fleetsIn(naming), b))).to.deep.equal(["one", "two", "naming"]);
    });
  }
});

describe("the zone of a subnet", () => {
  const zones = (...stack: readonly StackResource[]) =>
    [...allOf(stack, "aws:ec2/subnet:Subnet"), ...allOf(stack, "aws:ec2/defaultSubnet:DefaultSubnet")].map(
      zoneOf,
    );

  it("is its name or its id, or not known before AWS chooses one", () => {
    expect(zones(a, b, subnet("c", "vpc-1"))).to.deep.equal(["us-east-1a", "use1-az2", undefined]);
    const adopted = shown("aws:ec2/defaultSubnet:DefaultSubnet", "adopted", {
      availabilityZone: "us-east-1b",
    });
    expect(zones(adopted)).to.deep.equal(["us-east-1b"]);
  });

  it("counts once", () => {
    const also = subnet("also", "vpc-1", { availabilityZone: "us-east-1a" });
    const stack = [a, also, b, subnet("c", "vpc-1")];
    const all = shown("aws:rds/subnetGroup:SubnetGroup", "all", {
      subnetIds: ["subnet-a", "subnet-also", "subnet-b", "subnet-c"],
    });
    expect(referencedZones(subnetsOf(stack, all, "subnetIds"))).to.deep.equal({
      ...{ certain: ["us-east-1a", "use1-az2"], possible: ["us-east-1a", "use1-az2"] },
      ...{ unknown: undefined, assumed: undefined },
    });
    const chosen = shown(
      "aws:rds/subnetGroup:SubnetGroup",
      "chosen",
      { subnetIds: unknown },
      { subnetIds: [a, b] },
    );
    const { certain, possible, unknown: error } = referencedZones(subnetsOf(stack, chosen, "subnetIds"));
    expect([certain, possible, error === undefined]).to.deep.equal([[], ["us-east-1a", "use1-az2"], false]);
  });
});

describe("the subnets of an interface endpoint", () => {
  it("are its own, those of its configurations, and those that are added to it", () => {
    const [c, d] = [subnet("c", "vpc-1"), subnet("d", "vpc-1")];
    const endpoint = shown("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", {
      ...{ id: "vpce-1", subnetIds: ["subnet-a"], subnetConfigurations: [{ subnetId: "subnet-b" }] },
    });
    const added = (name: string, vpcEndpointId: string, subnetId: string) =>
      shown("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", name, {
        vpcEndpointId,
        subnetId,
      });
    const stack = [
      a,
      b,
      c,
      d,
      endpoint,
      added("own", "vpce-1", "subnet-c"),
      added("other", "vpce-2", "subnet-d"),
    ];
    expect(namesOf(subnetsOfEndpoint(stack, endpoint).certain)).to.deep.equal(["a", "b", "c"]);
  });
});
