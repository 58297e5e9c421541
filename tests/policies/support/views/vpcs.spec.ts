import { expect } from "chai";

import { isDefault, mayBeSame, vpcOf, type VpcOf } from "../../../../policies/support/views/vpcs";
import { among, anyFixture, unknown } from "../fixture";

const vpc = among(anyFixture("aws:ec2/vpc:Vpc", "site", { id: "vpc-1", mainRouteTableId: "rtb-1" }), {});
const defaultVpc = among(anyFixture("aws:ec2/defaultVpc:DefaultVpc", "default", { id: "vpc-0" }), {});
const stack = [vpc, defaultVpc];
const inVpc = (vpcId: string | undefined, of: readonly (typeof vpc)[] = []) =>
  among(anyFixture("aws:ec2/subnet:Subnet", "subnet", vpcId === undefined ? {} : { vpcId }), {
    vpcId: of,
  });

describe("the VPC of a resource", () => {
  const ofDefault = { ours: ["the default VPC"], elsewhere: undefined, known: true };

  it("is one of the stack, by its id or its dependency", () => {
    expect(vpcOf(stack, inVpc("vpc-1"))).to.deep.equal({
      ours: [vpc.urn],
      elsewhere: "vpc-1",
      known: true,
    });
    expect(new Set(vpcOf(stack, inVpc(undefined, [vpc])).ours)).to.deep.equal(new Set([vpc.urn]));
  });

  it("is one of the stack, by its main route table", () => {
    const route = among(anyFixture("aws:ec2/route:Route", "route", { routeTableId: "rtb-1" }), {});
    expect(vpcOf(stack, route, "routeTableId")).to.deep.equal({
      ours: [vpc.urn],
      elsewhere: undefined,
      known: true,
    });
  });

  it("is the account's default one", () => {
    const subnet = among(anyFixture("aws:ec2/defaultSubnet:DefaultSubnet", "default"), {});
    expect(vpcOf(stack, subnet)).to.deep.equal(ofDefault);
    expect(vpcOf(stack, inVpc("vpc-0")).ours).to.deep.equal(ofDefault.ours);
    expect(isDefault(vpcOf(stack, inVpc("vpc-0")))).to.equal(true);
    expect(isDefault(vpcOf(stack, inVpc("vpc-1")))).to.equal(false);
  });

  it("is another stack's, by its id", () => {
    expect(vpcOf(stack, inVpc("vpc-9"))).to.deep.equal({ ours: [], elsewhere: "vpc-9", known: true });
    expect(vpcOf(stack, inVpc(undefined))).to.deep.equal({ ours: [], elsewhere: undefined, known: false });
    expect(vpcOf(stack, inVpc("rtb-9"))).to.deep.equal({ ours: [], elsewhere: undefined, known: true });
  });
});

describe("two VPCs", () => {
  const ours = (...urns: readonly string[]): VpcOf => ({ ours: urns, elsewhere: undefined, known: false });
  const elsewhere = (id: string): VpcOf => ({ ours: [], elsewhere: id, known: true });
  const unknownOne: VpcOf = { ours: [], elsewhere: undefined, known: false };

  for (const [what, one, other, expected] of [
    ["of the stack, the same", ours("a"), ours("a"), true],
    ["of the stack, one of two", ours("a", "b"), ours("b"), true],
    ["of the stack, different", ours("a"), ours("b"), false],
    ["of the stack and of another one", ours("a"), elsewhere("vpc-1"), false],
    ["of the stack and unknown", ours("a"), unknownOne, true],
    ["of other stacks, the same", elsewhere("vpc-1"), elsewhere("vpc-1"), true],
    ["of other stacks, different", elsewhere("vpc-1"), elsewhere("vpc-2"), false],
    ["of another stack and unknown", elsewhere("vpc-1"), unknownOne, true],
    ["both unknown", unknownOne, unknownOne, true],
  ] as const) {
    it(`${expected ? "may be" : "are not"} the same: ${what}`, () => {
      expect(mayBeSame(one, other)).to.equal(expected);
      expect(mayBeSame(other, one)).to.equal(expected);
    });
  }

  it("are not distinguished by an id that a preview does not know", () => {
    expect(mayBeSame(vpcOf(stack, inVpc(unknown)), vpcOf(stack, inVpc("vpc-9")))).to.equal(true);
  });
});
