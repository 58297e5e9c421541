import { expect } from "chai";
import fc from "fast-check";

import {
  type LiveNetwork,
  type Offer,
  type PlacementFacts,
  settlePlacement,
  zoneIndexOf,
} from "../../../components/network/placement";

const regionZones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"];
const [a = "", b = "", c = "", d = ""] = regionZones;

const offerOf = (zones: readonly string[], more: Partial<Offer> = {}): Offer => ({
  path: "fleet.instanceType",
  value: "t3.micro",
  zones,
  inEach: true,
  ...more,
});
const vpcOf = (zones: LiveNetwork["zones"], cidrBlock = "10.20.0.0/16", vpcId = "vpc-1"): LiveNetwork => ({
  vpcId,
  cidrBlock,
  zones,
});

const settle = (facts: Partial<PlacementFacts> = {}) =>
  settlePlacement({
    settings: { cidrBlock: "10.20.0.0/16" },
    live: [],
    regionZones,
    offers: [offerOf(regionZones)],
    ...facts,
  });
const named = (...availabilityZones: readonly string[]) => ({ cidrBlock: "10.20.0.0/16", availabilityZones });
const problemsOf = (facts: Partial<PlacementFacts>) =>
  settle(facts).problems.map(({ path, value, allowed }) => `${path}: ${JSON.stringify(value)} - ${allowed}`);

describe("the zones of a new stack", () => {
  it("are the region's first two if both offer everything", () => {
    expect(settle().zones).to.deep.equal([a, b]);
  });

  it("are the first two that offer all types and classes", () => {
    expect(settle({ offers: [offerOf([b, c, d])] }).zones).to.deep.equal([b, c]);
    const offers = [offerOf([a, c, d]), offerOf([c, d], { path: "launcher.instanceType" })];
    expect(settle({ offers }).zones).to.deep.equal([c, d]);
  });

  it("are two with the database's class if possible; without a standby, one is enough", () => {
    const database = (zones: readonly string[], inEach: boolean) =>
      offerOf(zones, { path: "database.instanceClass", value: "db.t4g.micro", inEach });
    expect(settle({ offers: [database([b, c], false)] }).zones).to.deep.equal([b, c]);
    expect(settle({ offers: [database([c], false)] }).zones).to.deep.equal([a, c]);
    expect(problemsOf({ offers: [database([c], true)] })).to.deep.equal([
      'database.instanceClass: "db.t4g.micro" - one that AWS offers in two zones of the region that offer all types ' +
        `and classes of the stack; this one is offered in ${c}`,
    ]);
  });

  it("are those of the settings, in the same order", () => {
    expect(settle({ settings: named(d, b) }).zones).to.deep.equal([d, b]);
  });

  it("are refused when the settings name a zone of another region", () => {
    expect(problemsOf({ settings: named(a, "eu-west-1a") })).to.deep.equal([
      `network.availabilityZones: ["${a}","eu-west-1a"] - two of the region's zones: ${regionZones.join(", ")}`,
    ]);
  });

  it("are refused when one does not offer a type, with the zones that do", () => {
    expect(problemsOf({ settings: named(a, b), offers: [offerOf([b, c])] })).to.deep.equal([
      `fleet.instanceType: "t3.micro" - one that AWS offers in ${a} and ${b}, of network.availabilityZones; ` +
        `this one is offered in ${b}, ${c}`,
    ]);
  });

  it("are refused when no two zones offer everything, with the zones of each type", () => {
    const offers = [offerOf([a, b]), offerOf([c, d], { path: "launcher.instanceType", value: "t4g.nano" })];
    expect(problemsOf({ offers }).map((problem) => problem.split("; this one ")[1])).to.deep.equal([
      `is offered in ${a}, ${b}`,
      `is offered in ${c}, ${d}`,
    ]);
    expect(problemsOf({ offers: [offerOf([])] })[0]).to.include("is offered in no zone of the region");
  });
});

describe("the zones of a live stack", () => {
  const live = [vpcOf([b, d])];

  it("are those of its subnets, whatever AWS offers elsewhere", () => {
    expect(settle({ live }).zones).to.deep.equal([b, d]);
    expect(settle({ live: [vpcOf([d, b])] }).zones).to.deep.equal([d, b]);
  });

  it("do not change while AWS does not list one as available", () => {
    expect(settle({ live, regionZones: [a, b, c] }).zones).to.deep.equal([b, d]);
    expect(settle({ live, regionZones: [a, b, c], settings: named(b, d) }).zones).to.deep.equal([b, d]);
  });

  it("are accepted in the settings, in any order", () => {
    expect(settle({ live, settings: named(b, d) }).zones).to.deep.equal([b, d]);
    expect(settle({ live, settings: named(d, b) }).zones).to.deep.equal([b, d]);
  });

  it("cannot change: other zones are refused with the current ones and what to do", () => {
    expect(problemsOf({ live, settings: named(b, c) })).to.deep.equal([
      `network.availabilityZones: ["${b}","${c}"] - ${b}, ${d}, where the stack's subnets are: subnets cannot move. ` +
        "Set it back, or leave it out; for other zones create a second stack and move the content to it",
    ]);
  });

  it("are completed after an up that failed before it created all subnets", () => {
    expect(settle({ live: [vpcOf([undefined, b])] }).zones).to.deep.equal([a, b]);
    expect(settle({ live: [vpcOf([c, undefined])] }).zones).to.deep.equal([c, d]);
    expect(settle({ live: [vpcOf([d, undefined])] }).zones).to.deep.equal([d, a]);
    expect(settle({ live: [vpcOf([undefined, undefined])], settings: named(d, c) }).zones).to.deep.equal([
      d,
      c,
    ]);
    expect(problemsOf({ live: [vpcOf([c, undefined])], settings: named(a, b) })[0]).to.include(
      `two zones with ${c}, where the stack's subnets are`,
    );
  });

  it("are refused when one does not offer a type", () => {
    expect(problemsOf({ live, offers: [offerOf([a, b, c])] })).to.deep.equal([
      `fleet.instanceType: "t3.micro" - one that AWS offers in ${b} and ${d}, the stack's zones; ` +
        `this one is offered in ${a}, ${b}, ${c}`,
    ]);
  });

  it("are the same in every later run", () => {
    const zonesArbitrary = fc.subarray(regionZones, { minLength: 2 });
    fc.assert(
      fc.property(zonesArbitrary, zonesArbitrary, (offered, others) => {
        const { zones } = settle({ offers: [offerOf(offered)] });
        if (zones === undefined) return expect.fail("two zones offer it");
        const again = settle({
          live: [vpcOf(zones)],
          offers: [offerOf([...new Set([...zones, ...others])])],
        });
        expect(again.zones).to.deep.equal(zones);
      }),
    );
  });
});

describe("the range of a live stack's VPC", () => {
  it("cannot change: another one is refused with the live one and what to do", () => {
    expect(problemsOf({ live: [vpcOf([a, b], "10.30.0.0/16")] })).to.deep.equal([
      "network.cidrBlock: \"10.20.0.0/16\" - 10.30.0.0/16, which the stack's VPC vpc-1 has: a VPC's range cannot " +
        "change. Set it back; for another range create a second stack and move the content to it",
    ]);
  });

  it("can be set back after a failed change that left two VPCs", () => {
    const two = [vpcOf([undefined, undefined], "10.30.0.0/16", "vpc-2"), vpcOf([b, c])];
    expect(settle({ live: two }).zones).to.deep.equal([b, c]);
    expect(settle({ live: two, settings: { cidrBlock: "10.30.0.0/16" } }).zones).to.deep.equal([a, b]);
  });

  it("is reported together with zones that cannot change", () => {
    const live = [vpcOf([a, b], "10.30.0.0/16")];
    expect(problemsOf({ live, settings: named(c, d) })).to.have.length(2);
  });
});

describe("the zone index of a subnet", () => {
  it("follows from its range", () => {
    expect(
      ["10.20.0.0/18", "10.20.64.0/19", "10.20.128.0/18", "10.20.192.0/19"].map((block) =>
        zoneIndexOf("10.20.0.0/16", block),
      ),
    ).to.deep.equal([0, 0, 1, 1]);
    expect(zoneIndexOf("10.20.0.0/16", "10.21.0.0/18")).to.equal(undefined);
    expect(zoneIndexOf("10.20.0.0/16", "nonsense")).to.equal(undefined);
  });
});
