import { expect } from "chai";
import fc from "fast-check";

import { formatRange, parseRange, size } from "../../../../localAws/providers/awsx/ipv4";
import { planSubnets, type SubnetRequest } from "../../../../localAws/providers/awsx/subnetPlan";
import { nameOf, type SubnetSpec, type SubnetType } from "../../../../localAws/providers/awsx/subnetSpec";

const zones = ["us-east-1a", "us-east-1b"];
const kinds: readonly SubnetType[] = ["Public", "Private", "Isolated"];

/** First and last address of a range. */
function bounds(cidrBlock: string): readonly [number, number] {
  const range = parseRange(cidrBlock);
  if (range === undefined) throw new Error(`${cidrBlock} is not a range`);
  return [range.first, range.first + size(range.prefixLength) - 1];
}

/** Requests that awsx accepts: small enough to fit in any order. */
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
  // An even division next to fixed masks may not fit, which is a separate error.
  .filter(({ specs }) => new Set(specs.map(({ cidrMask }) => cidrMask === undefined)).size === 1);

const auto = (asked: Omit<SubnetRequest, "strategy">) => planSubnets({ ...asked, strategy: "Auto" }).subnets;
const blocks = (asked: SubnetRequest) =>
  planSubnets(asked).subnets.map((subnet) => `${nameOf(subnet)} ${subnet.cidrBlock}`);

describe("the plan of awsx's subnets", () => {
  it("keeps every subnet within the VPC", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const [first, last] = bounds(asked.cidrBlock);
        for (const { cidrBlock } of auto(asked)) {
          const [from, to] = bounds(cidrBlock);
          expect(from).to.be.at.least(first);
          expect(to).to.be.at.most(last);
        }
      }),
    );
  });

  it("has no overlapping subnets", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const inOrder = auto(asked)
          .map(({ cidrBlock }) => bounds(cidrBlock))
          .sort(([one], [other]) => one - other);
        for (const [index, [from]] of inOrder.entries()) {
          const before = inOrder[index - 1];
          if (before !== undefined) expect(from).to.be.greaterThan(before[1]);
        }
      }),
    );
  });

  it("has one subnet per zone and spec, with the spec's size", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const planned = auto(asked);
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

  it("orders the subnets of a zone as their specs", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const first = auto(asked).filter(({ zoneNumber }) => zoneNumber === 1);
        const starts = first.map(({ cidrBlock }) => bounds(cidrBlock)[0]);
        expect(starts).to.deep.equal([...starts].sort((one, other) => one - other));
      }),
    );
  });

  it("gives half of each zone to private subnets and a quarter to public ones by default", () => {
    const planned = auto({ cidrBlock: "10.20.0.0/16", zones });
    expect(planned.map((subnet) => [nameOf(subnet), subnet.cidrBlock])).to.deep.equal([
      ["private-1", "10.20.0.0/18"],
      ["public-1", "10.20.64.0/19"],
      ["private-2", "10.20.128.0/18"],
      ["public-2", "10.20.192.0/19"],
    ]);
  });

  it("starts a larger subnet on its own boundary", () => {
    const specs: SubnetSpec[] = [
      { type: "Public", cidrMask: 27 },
      { type: "Private", cidrMask: 25, name: "app", tags: { Tier: "app" } },
    ];
    const planned = planSubnets({ cidrBlock: "10.0.0.0/22", zones, specs, strategy: "Auto" });
    expect(blocks({ cidrBlock: "10.0.0.0/22", zones, specs, strategy: "Auto" }).slice(0, 2)).to.deep.equal([
      "public-1 10.0.0.0/27",
      "app-1 10.0.0.128/25",
    ]);
    expect(planned.subnets[1]).to.deep.include({ zone: "us-east-1a", zoneNumber: 1, type: "Private" });
  });

  it("uses the program's size of a zone", () => {
    const planned = auto({ cidrBlock: "10.0.0.0/16", zones, zonePrefixLength: 20 });
    expect(planned.map(({ cidrBlock }) => cidrBlock)).to.deep.equal([
      "10.0.0.0/21",
      "10.0.8.0/22",
      "10.0.16.0/21",
      "10.0.24.0/22",
    ]);
  });

  // The expected ranges were calculated from awsx's documentation and its subnetDistributor*.ts.
  it("accepts an address within the range as the range", () => {
    expect(blocks({ cidrBlock: "10.9.1.0/20", zones, strategy: "Auto" })).to.deep.equal(
      blocks({ cidrBlock: "10.9.0.0/20", zones, strategy: "Auto" }),
    );
  });

  it("accepts a number of addresses instead of the prefix length", () => {
    const sized: SubnetSpec[] = [{ type: "Public", size: 256 }, { type: "Private" }];
    expect(blocks({ cidrBlock: "10.0.0.0/16", zones, specs: sized, strategy: "Auto" })).to.deep.equal([
      "public-1 10.0.0.0/24",
      "private-1 10.0.64.0/18",
      "public-2 10.0.128.0/24",
      "private-2 10.0.192.0/18",
    ]);
  });

  describe("with the strategy Legacy", () => {
    it("gives half and a quarter of each zone without specs, private subnets first", () => {
      expect(blocks({ cidrBlock: "10.0.0.0/16", zones, strategy: "Legacy" })).to.deep.equal([
        "private-1 10.0.0.0/18",
        "private-2 10.0.128.0/18",
        "public-1 10.0.64.0/19",
        "public-2 10.0.192.0/19",
      ]);
    });

    it("orders private, public and isolated subnets so, whatever the order of the specs", () => {
      const specs: SubnetSpec[] = [
        { type: "Isolated" },
        { type: "Public", cidrMask: 22 },
        { type: "Private" },
        { type: "Private", name: "app" },
        { type: "Unused" },
      ];
      expect(
        blocks({ cidrBlock: "10.0.0.0/16", zones: zones.slice(0, 1), specs, strategy: "Legacy" }),
      ).to.deep.equal([
        "private-1 10.0.0.0/19",
        "app-1 10.0.32.0/19",
        "public-1 10.0.64.0/22",
        "isolated-1 10.0.68.0/24",
      ]);
    });

    it("starts a larger subnet after a smaller one, on its own boundary", () => {
      const specs: SubnetSpec[] = [
        { type: "Private", cidrMask: 26 },
        { type: "Public", cidrMask: 24 },
      ];
      expect(
        blocks({ cidrBlock: "10.0.0.0/20", zones: zones.slice(0, 1), specs, strategy: "Legacy" }),
      ).to.deep.equal(["private-1 10.0.0.0/26", "public-1 10.0.1.0/24"]);
    });

    it("has a layout that results in the same plan with Auto", () => {
      const specs: SubnetSpec[] = [
        { type: "Public", cidrMask: 24 },
        { type: "Private", cidrMask: 26, name: "app" },
      ];
      const legacy = planSubnets({ cidrBlock: "10.0.0.0/20", zones, specs, strategy: "Legacy" });
      expect(legacy.layout).to.deep.equal([
        { type: "Private", cidrMask: 26, name: "app" },
        { type: "Unused", cidrMask: 26 },
        { type: "Unused", cidrMask: 25 },
        { type: "Public", cidrMask: 24 },
      ]);
      const again = auto({ cidrBlock: "10.0.0.0/20", zones, specs: legacy.layout });
      const made = (all: typeof again) =>
        all.filter(({ type }) => type !== "Unused").map((subnet) => `${nameOf(subnet)} ${subnet.cidrBlock}`);
      expect(made(again)).to.deep.equal(made(legacy.subnets));
    });
  });

  it("uses the program's ranges, one for each zone", () => {
    const specs: SubnetSpec[] = [
      { type: "Public", cidrBlocks: ["10.0.1.0/24", "10.0.2.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"] },
    ];
    expect(blocks({ cidrBlock: "10.0.0.0/16", zones, specs, strategy: "Auto" })).to.deep.equal([
      "public-1 10.0.1.0/24",
      "private-1 10.0.16.0/20",
      "public-2 10.0.2.0/24",
      "private-2 10.0.32.0/20",
    ]);
  });

  it("merges the program's specs into awsx's defaults with AutoMerge", () => {
    const specs: SubnetSpec[] = [{ type: "Public", cidrMask: 24, name: "edge" }];
    expect(blocks({ cidrBlock: "10.20.0.0/16", zones, specs, strategy: "AutoMerge" })).to.deep.equal([
      "private-1 10.20.0.0/18",
      "edge-1 10.20.64.0/24",
      "private-2 10.20.128.0/18",
      "edge-2 10.20.192.0/24",
    ]);
  });

  const whole: SubnetSpec[] = [
    { type: "Public", cidrMask: 26 },
    { type: "Unused", cidrMask: 26 },
    { type: "Private", cidrMask: 25 },
  ];
  it("requires specs for the whole VPC with Exact, and has them as its layout", () => {
    const { layout } = planSubnets({ cidrBlock: "10.0.0.0/23", zones, specs: whole, strategy: "Exact" });
    expect(layout.map(({ type, cidrMask, size: addresses }) => [type, cidrMask, addresses])).to.deep.equal([
      ["Public", 26, 64],
      ["Unused", 26, 64],
      ["Private", 25, 128],
    ]);
  });

  const [first = ""] = zones;
  for (const [name, asked, message] of [
    ["a range that is none", { cidrBlock: "10.0.0.0", zones }, "10.0.0.0 is not"],
    ["a range with too large numbers", { cidrBlock: "10.0.256.0/24", zones }, "10.0.256.0/24"],
    ["no specs", { cidrBlock: "10.0.0.0/16", zones, specs: [] }, "at least one"],
    ["zones too small for its own plan", { cidrBlock: "10.0.0.0/26", zones }, "/27"],
    [
      "subnets too large for a zone",
      { cidrBlock: "10.0.0.0/24", zones, specs: [{ type: "Public", cidrMask: 24 }] },
      "a zone has 128 addresses, and its subnets need 256",
    ],
    [
      "subnets that reach into the next zone's",
      {
        cidrBlock: "10.0.0.0/24",
        zones,
        specs: [
          { type: "Public", cidrMask: 28 },
          { type: "Private", cidrMask: 26 },
          { type: "Isolated", cidrMask: 27 },
        ],
      },
      "overlap: isolated-1 (10.0.0.128/27), public-2 (10.0.0.128/28)",
    ],
    [
      "zones larger than the VPC",
      { cidrBlock: "10.0.0.0/24", zones, zonePrefixLength: 24 },
      "outside of 10.0.0.0/24: private-2",
    ],
    [
      "a size that is no power of 2",
      { cidrBlock: "10.0.0.0/16", zones, specs: [{ type: "Public", size: 100 }] },
      "subnetSpecs[0].size: 100",
    ],
    [
      "a size that contradicts the prefix length",
      { cidrBlock: "10.0.0.0/16", zones, specs: [{ type: "Public", size: 256, cidrMask: 25 }] },
      "256 is not that of a /25, 128",
    ],
    [
      "ranges for some specs only, or not for each zone",
      {
        cidrBlock: "10.0.0.0/16",
        zones,
        specs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }, { type: "Private" }],
      },
      "subnetSpecs[0].cidrBlocks: 1 of them, and there are 2 zones; subnetSpecs[1].cidrBlocks: every spec",
    ],
    [
      "gaps with Exact",
      { cidrBlock: "10.0.0.0/23", zones: [first], specs: whole, strategy: "Exact" },
      "after the last subnet",
    ],
    [
      "what AutoMerge has no subnet for",
      { cidrBlock: "10.0.0.0/16", zones, specs: [{ type: "Isolated" }], strategy: "AutoMerge" },
      "AutoMerge changes the Private and Public subnets",
    ],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => planSubnets({ strategy: "Auto", ...asked })).to.throw(RangeError, message);
    });
  }
});
