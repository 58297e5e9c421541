import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";
import { assert, constantFrom, property, record, subarray } from "fast-check";

import { referencesOf } from "../../../policies/support/references";
import type { StackResource } from "../../../policies/support/stack";
import { mayBeSame, vpcOf } from "../../../policies/support/views/vpcs";
import { among, anyFixture, unknown } from "./fixture";

const token = "aws:ec2/subnet:Subnet";
const names = ["a", "b", "c", "d"];
const subnets = names.map((name) => among(anyFixture(token, name, { id: `subnet-${name}` }), {}));
const namesOf = (resources: readonly StackResource[]) => resources.map(({ name }) => name).toSorted();

/** A group as the policy SDK shows it. */
const groupWith = (vpcZoneIdentifiers: unknown, dependencies: readonly StackResource[]) => {
  const group = anyFixture("aws:autoscaling/group:Group", "fleet");
  return among(
    { ...group, props: unknownCheckingProxy({ vpcZoneIdentifiers }) },
    { vpcZoneIdentifiers: dependencies },
  );
};
const referencesIn = (group: StackResource) =>
  referencesOf([...subnets, group], group, "vpcZoneIdentifiers", token);

describe("references by ids", () => {
  it("are the resources with the known ids, whatever the dependencies are", () => {
    assert(
      property(
        record({ referred: subarray(subnets), dependencies: subarray(subnets) }),
        ({ referred, dependencies }) => {
          const ids = referred.map(({ name }) => `subnet-${name}`);
          const { certain, possible, unknown: error } = referencesIn(groupWith(ids, dependencies));
          expect(namesOf(certain)).to.deep.equal(namesOf(referred));
          expect(namesOf(possible)).to.deep.equal(namesOf(referred));
          expect(error).to.equal(undefined);
        },
      ),
    );
  });

  it("of an unknown list are possible for every dependency, and certain for a single one", () => {
    assert(
      property(subarray(subnets), (dependencies) => {
        const { certain, possible, unknown: error } = referencesIn(groupWith(unknown, dependencies));
        expect(namesOf(possible)).to.deep.equal(namesOf(dependencies));
        expect(namesOf(certain)).to.deep.equal(dependencies.length === 1 ? namesOf(dependencies) : []);
        expect(error === undefined).to.equal(dependencies.length < 2);
      }),
    );
  });

  it("never leave a dependency with an unknown id out", () => {
    assert(
      property(
        record({ known: subarray(subnets), dependencies: subarray(subnets), first: constantFrom(0, 1) }),
        ({ known, dependencies, first }) => {
          const ids = known.map(({ name }) => `subnet-${name}`);
          ids.splice(first * ids.length, 0, unknown);
          const { certain, possible } = referencesIn(groupWith(ids, dependencies));
          expect(namesOf(possible)).to.deep.equal(namesOf([...new Set([...known, ...dependencies])]));
          expect(namesOf(certain)).to.include.members(namesOf(known));
        },
      ),
    );
  });
});

describe("the VPC of a resource", () => {
  const vpc = among(anyFixture("aws:ec2/vpc:Vpc", "net", { id: "vpc-1", mainRouteTableId: "rtb-1" }), {});
  const theDefault = among(anyFixture("aws:ec2/defaultVpc:DefaultVpc", "default", { id: "vpc-0" }), {});
  const of = (props: object, type = "aws:ec2/subnet:Subnet", property = "vpcId") => {
    const resource = among(anyFixture(type, "resource", props), {});
    return vpcOf([vpc, theDefault, resource], resource, property);
  };
  const ours = of({ vpcId: "vpc-1" });
  const ofMain = of({ routeTableId: "rtb-1" }, "aws:ec2/route:Route", "routeTableId");
  const inDefault = of({ vpcId: "vpc-0" });
  const defaultSubnet = of({}, "aws:ec2/defaultSubnet:DefaultSubnet");
  const theirs = of({ vpcId: "vpc-2" });
  const alsoTheirs = of({ vpcId: "vpc-3" });
  const theirTable = of({ routeTableId: "rtb-2" }, "aws:ec2/route:Route", "routeTableId");
  const unset = of({});

  for (const [what, one, other, same] of [
    ["the stack's VPC by its id and by its main table", ours, ofMain, true],
    ["the stack's VPC and the default one", ours, inDefault, false],
    ["the default VPC and a default subnet's", inDefault, defaultSubnet, true],
    ["the stack's VPC and another stack's", ours, theirs, false],
    ["the stack's VPC and that of another stack's table", ours, theirTable, false],
    ["two of other stacks", theirs, alsoTheirs, false],
    ["another stack's VPC twice", theirs, theirs, true],
    ["another stack's VPC and that of a table", theirs, theirTable, true],
    ["the stack's VPC and an unset one", ours, unset, true],
    ["another stack's VPC and an unset one", theirs, unset, true],
  ] as const) {
    it(`${same ? "may be the same" : "differs"}: ${what}`, () => {
      expect(mayBeSame(one, other)).to.equal(same);
      expect(mayBeSame(other, one)).to.equal(same);
    });
  }
});
