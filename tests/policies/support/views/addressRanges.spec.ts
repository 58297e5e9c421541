import { expect } from "chai";
import fc from "fast-check";

import {
  areWide,
  isWide,
  mergeRanges,
  parseRange,
  publicAddresses,
  type AddressRange,
} from "../../../../policies/support/views/addressRanges";

const shortest = { ipv4: 8, ipv6: 32 };

const ipv4 = fc
  .record({ value: fc.integer({ min: 0, max: 2 ** 32 - 1 }), length: fc.integer({ min: 0, max: 32 }) })
  .map(({ value, length }) => {
    const bytes = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
    return `${bytes.join(".")}/${String(length)}`;
  });
const ipv6 = fc
  .record({
    groups: fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 8, maxLength: 8 }),
    length: fc.integer({ min: 0, max: 128 }),
  })
  .map(({ groups, length }) => `${groups.map((group) => group.toString(16)).join(":")}/${String(length)}`);
const cidr = fc.oneof(ipv4, ipv6);

const read = (text: string): AddressRange => {
  const range = parseRange(text);
  if (range === undefined) throw new Error(`not a range: ${text}`);
  return range;
};
const sizeOf = ({ first, last }: AddressRange) => last - first + 1n;
/** The two ranges with one more bit of prefix. */
const halves = ({ family, first, last }: AddressRange): readonly AddressRange[] => {
  const middle = (first + last) / 2n;
  return [
    { family, first, last: middle },
    { family, first: middle + 1n, last },
  ];
};

describe("address ranges", () => {
  it("have as many addresses as their prefix leaves, and begin at a multiple of that", () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const range = read(text);
        const bits = range.family === "ipv4" ? 32 : 128;
        const size = 1n << BigInt(bits - Number(text.split("/")[1]));
        expect(sizeOf(range)).to.equal(size);
        expect(range.first % size).to.equal(0n);
      }),
    );
  });

  it("merge without loss: every end is in a merged range, which do not touch", () => {
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 12 }), (texts) => {
        const ranges = texts.map(read);
        const merged = mergeRanges(ranges);
        for (const { family, first, last } of ranges) {
          const holds = merged.some(
            (each) => each.family === family && each.first <= first && last <= each.last,
          );
          expect(holds).to.equal(true);
        }
        for (const [index, range] of merged.entries()) {
          const next = merged[index + 1];
          if (next?.family === range.family) expect(next.first > range.last + 1n).to.equal(true);
        }
      }),
    );
  });

  it("merge to the fewest ranges, in order, IPv4 first", () => {
    const texts = [
      "2001:db8::/33",
      "10.0.1.0/24",
      "192.0.2.0/24",
      "10.0.0.0/24",
      "2001:db8:8000::/33",
      "10.0.0.0/25",
    ];
    expect(mergeRanges(texts.map(read))).to.deep.equal(
      ["10.0.0.0/23", "192.0.2.0/24", "2001:db8::/32"].map(read),
    );
    expect(mergeRanges(["10.0.0.0/24", "10.0.0.0/8"].map(read))).to.deep.equal([read("10.0.0.0/8")]);
  });

  it("overlap in one address, and in none beside each other", () => {
    const around = (first: bigint, last: bigint) =>
      publicAddresses([{ family: "ipv4", first, last }], "ipv4");
    const { first, last } = read("10.0.0.0/8");
    expect(around(first - 1n, first)).to.equal(1n);
    expect(around(last, last + 1n)).to.equal(1n);
    expect(around(first - 1n, first - 1n)).to.equal(1n);
    expect(around(last + 1n, last + 1n)).to.equal(1n);
    expect(around(first - 1n, last + 1n)).to.equal(2n);
  });

  it("are not wide by texts that are no ranges", () => {
    expect(areWide(["x", "10.0.0.0/8"], shortest)).to.equal(false);
    expect(areWide(["x", "0.0.0.0/1", "128.0.0.0/1"], shortest)).to.equal(true);
  });

  it("count the same whole, in halves, twice and in any order", () => {
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 8 }), (texts) => {
        const ranges = texts.map(read);
        for (const family of ["ipv4", "ipv6"] as const) {
          const count = publicAddresses(ranges, family);
          const split = ranges.flatMap((range) => (sizeOf(range) > 1n ? halves(range) : [range]));
          expect(publicAddresses([...split, ...ranges].toReversed(), family)).to.equal(count);
          expect(count >= 0n).to.equal(true);
        }
      }),
    );
  });

  it("are wide together if one is wide and public alone", () => {
    fc.assert(
      fc.property(fc.array(cidr, { minLength: 1, maxLength: 8 }), (texts) => {
        const [first = ""] = texts;
        const range = read(first);
        const limit = 1n << (range.family === "ipv4" ? 24n : 96n);
        if (publicAddresses([range], range.family) > limit) expect(areWide(texts, shortest)).to.equal(true);
      }),
    );
  });

  it("count private addresses never", () => {
    const texts = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10"];
    fc.assert(
      fc.property(fc.subarray(texts), (some) => {
        expect(areWide(some, shortest)).to.equal(false);
        for (const text of some) expect(publicAddresses([read(text)], read(text).family)).to.equal(0n);
      }),
    );
  });

  for (const text of ["0.0.0.0/0", "0.0.0.0/7", "128.0.0.0/1", "::/0", "::/1", "8000::/1", "2000::/3", "x"]) {
    it(`count ${text} as the internet`, () => {
      expect(isWide(text, shortest)).to.equal(true);
    });
  }
  for (const text of [
    "203.0.113.7/32",
    "11.0.0.0/8",
    "10.0.0.0/8",
    "fd00::/8",
    "fc00::/7",
    "2001:db8::/32",
  ]) {
    it(`do not count ${text} as the internet`, () => {
      expect(isWide(text, shortest)).to.equal(false);
    });
  }

  it("read each notation of an IPv6 range as the same", () => {
    const forms = ["2001:db8:0:0:0:0:0:0/32", "2001:DB8::/32", "2001:db8::1/32", "2001:db8::0.0.0.1/32"];
    for (const form of forms) expect(read(form)).to.deep.equal(read("2001:db8::/32"));
    expect(read("::ffff:192.0.2.1/128").first).to.equal(read("::ffff:c000:201/128").first);
  });

  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0/8",
    "10.0.0.256/8",
    "10.0.0.0/33",
    "::/129",
    "1::2::3/64",
    "1:2/64",
    "g::/8",
    "10.0.0.0/8x",
    "x10.0.0.0/8",
    "10.0.0.0/0008",
    "10.0..0/8",
    "/8",
    "1:2:3:4:5:6:7:8:9/64",
    "1:2:3:4:5:6:7:8::9/64",
    "12345::/16",
    "::1.2.3.256/128",
  ]) {
    it(`refuse ${JSON.stringify(text)}`, () => {
      expect(parseRange(text)).to.equal(undefined);
    });
  }
});
