import { expect } from "chai";
import fc from "fast-check";

import { formatRange, parseRange, size } from "../../../../local/providers/awsx/ipv4";
import { planSubnets, type SubnetSpec, type SubnetType } from "../../../../local/providers/awsx/subnetPlan";

const zones = ["us-east-1a", "us-east-1b"];
const kinds: readonly SubnetType[] = ["Public", "Private", "Isolated"];

/** First and last address of a range. */
function bounds(cidrBlock: string): readonly [number, number] {
  const range = parseRange(cidrBlock);
  if (range === undefined) throw new Error(`${cidrBlock} is not a range`);
  return [range.first, range.first + size(range.prefixLength) - 1];
}

/** Requests that awsx takes: small enough to fit whatever their order. */
const request = fc
  .record({
    vpcLength: fc.integer({ min: 16, max: 22 }),
    block: fc.integer({ min: 0, max: 200 }),
    zoneCount: fc.integer({ min: 1, max: 4 }),
    masks: fc.array(fc.option(fc.integer({ min: 26, max: 28 })), { minLength: 1, maxLength: 3 }),
  })
  .map(({ vpcLength, block, zoneCount, masks }) => ({
    cidrBlock: formatRange({
      first: 10 * 2 ** 24 + block * size(vpcLength),
      prefixLength: vpcLength,
    }),
    zones: Array.from({ length: zoneCount }, (_, index) => `zone-${index}`),
    specs: masks.map((cidrMask, index): SubnetSpec => {
      const type = kinds[index] ?? "Private";
      return cidrMask === null ? { type } : { type, cidrMask };
    }),
  }))
  // A zone divided evenly next to fixed masks may not fit, which is an error of its own.
  .filter(({ specs }) => new Set(specs.map(({ cidrMask }) => cidrMask === undefined)).size === 1);

describe("the plan of awsx's subnets", () => {
  it("keeps every subnet inside the VPC", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const [first, last] = bounds(asked.cidrBlock);
        for (const { cidrBlock } of planSubnets(asked)) {
          const [from, to] = bounds(cidrBlock);
          expect(from).to.be.at.least(first);
          expect(to).to.be.at.most(last);
        }
      }),
    );
  });

  it("never lets two subnets overlap", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const inOrder = planSubnets(asked)
          .map(({ cidrBlock }) => bounds(cidrBlock))
          .sort(([one], [other]) => one - other);
        for (const [index, [from]] of inOrder.entries()) {
          const before = inOrder[index - 1];
          if (before !== undefined) expect(from).to.be.greaterThan(before[1]);
        }
      }),
    );
  });

  it("gives each zone one subnet of each spec, with the size it asks for", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const planned = planSubnets(asked);
        for (const zone of asked.zones) {
          const own = planned.filter((subnet) => subnet.zone === zone);
          expect(own.map(({ type }) => type)).to.deep.equal(asked.specs.map(({ type }) => type));
          for (const [index, { cidrMask }] of asked.specs.entries()) {
            const length = Number(own[index]?.cidrBlock.split("/")[1]);
            if (cidrMask !== undefined) expect(length).to.equal(cidrMask);
          }
        }
      }),
    );
  });

  it("lays the subnets of a zone out in the order of their specs", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const first = planSubnets(asked).filter(({ zoneNumber }) => zoneNumber === 1);
        const starts = first.map(({ cidrBlock }) => bounds(cidrBlock)[0]);
        expect(starts).to.deep.equal([...starts].sort((one, other) => one - other));
      }),
    );
  });

  it("halves each zone for private subnets and quarters it for public ones, unless told otherwise", () => {
    const planned = planSubnets({ cidrBlock: "10.20.0.0/16", zones });
    expect(planned.map(({ name, cidrBlock }) => [name, cidrBlock])).to.deep.equal([
      ["private-1", "10.20.0.0/18"],
      ["public-1", "10.20.64.0/19"],
      ["private-2", "10.20.128.0/18"],
      ["public-2", "10.20.192.0/19"],
    ]);
  });

  it("skips to a larger subnet's own boundary", () => {
    const specs: SubnetSpec[] = [
      { type: "Public", cidrMask: 27 },
      { type: "Private", cidrMask: 25, name: "app", tags: { Tier: "app" } },
    ];
    const planned = planSubnets({ cidrBlock: "10.0.0.0/23", zones, specs });
    expect(planned.slice(0, 2)).to.deep.equal([
      {
        cidrBlock: "10.0.0.0/27",
        name: "public-1",
        tags: {},
        type: "Public",
        zone: "us-east-1a",
        zoneNumber: 1,
      },
      {
        cidrBlock: "10.0.0.128/25",
        name: "app-1",
        tags: { Tier: "app" },
        type: "Private",
        zone: "us-east-1a",
        zoneNumber: 1,
      },
    ]);
  });

  it("takes a zone's size from the program", () => {
    const planned = planSubnets({ cidrBlock: "10.0.0.0/16", zones, zonePrefixLength: 20 });
    expect(planned.map(({ cidrBlock }) => cidrBlock)).to.deep.equal([
      "10.0.0.0/21",
      "10.0.8.0/22",
      "10.0.16.0/21",
      "10.0.24.0/22",
    ]);
  });

  for (const [name, asked, message] of [
    ["a range that is none", { cidrBlock: "10.0.0.1/16", zones }, "10.0.0.1/16"],
    ["a range with too large numbers", { cidrBlock: "10.0.256.0/24", zones }, "10.0.256.0/24"],
    ["no specs", { cidrBlock: "10.0.0.0/16", zones, specs: [] }, "at least one"],
    ["zones too small for its own plan", { cidrBlock: "10.0.0.0/26", zones }, "/27"],
    [
      "subnets too large for a zone",
      { cidrBlock: "10.0.0.0/24", zones, specs: [{ type: "Public", cidrMask: 24 }] },
      "the Public subnet of us-east-1a (10.0.0.0/24) does not fit into 10.0.0.0/25",
    ],
    ["zones larger than the VPC", { cidrBlock: "10.0.0.0/24", zones, zonePrefixLength: 24 }, "us-east-1b"],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => planSubnets(asked)).to.throw(RangeError, message);
    });
  }
});
