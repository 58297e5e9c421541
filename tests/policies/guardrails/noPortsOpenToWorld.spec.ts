import { expect } from "chai";

import { noPortsOpenToWorld } from "../../../policies/guardrails/rules/noPortsOpenToWorld";
import { expectViolation } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";
import { judge, judgeStack, passed } from "../support/judge";

const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };
const allowed = "for ports 22, ranges of /8 (IPv6: /32) or narrower";

const group = fixture("aws:ec2/securityGroup:SecurityGroup", "web", {
  ingress: [
    { ...ssh, cidrBlocks: ["203.0.113.7/32", "10.0.0.0/8"], ipv6CidrBlocks: ["2001:db8::/32"] },
    { ...ssh, fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
    { ...ssh, protocol: "udp", cidrBlocks: ["0.0.0.0/0"] },
    { ...ssh, cidrBlocks: [], securityGroups: [unknown] },
  ],
});
const classic = fixture("aws:ec2/securityGroupRule:SecurityGroupRule", "ssh", {
  ...ssh,
  type: "ingress",
  securityGroupId: unknown,
  cidrBlocks: ["203.0.113.7/32"],
});
const separate = fixture("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", {
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
  securityGroupId: unknown,
  cidrIpv4: "203.0.113.7/32",
});

describe("no-ports-open-to-world", () => {
  for (const ipProtocol of ["TCP", "Tcp", "6"]) {
    it(`refuses the world by the protocol ${ipProtocol}, as the provider takes it`, async () => {
      const open = spoil(separate, { ipProtocol, cidrIpv4: "0.0.0.0/0" });
      const verdict = await judge(noPortsOpenToWorld, open);
      expectViolation(verdict, { of: open, at: "cidrIpv4", value: "0.0.0.0/0", allowed });
    });
  }

  it("refuses all protocols in capitals", async () => {
    const open = spoil(separate, { ipProtocol: "ALL", cidrIpv4: "0.0.0.0/0" });
    expect((await judge(noPortsOpenToWorld, open)).violations).to.have.length(1);
  });

  it("passes SSH from named addresses and the web from everywhere, however the rule is written", async () => {
    expect(await judge(noPortsOpenToWorld, group)).to.deep.equal(passed);
    expect(await judge(noPortsOpenToWorld, classic)).to.deep.equal(passed);
    expect(await judge(noPortsOpenToWorld, separate)).to.deep.equal(passed);
    const leaving = spoil(classic, { type: "egress", cidrBlocks: ["0.0.0.0/0"] });
    expect(await judge(noPortsOpenToWorld, leaving)).to.deep.equal(passed);
  });

  // Two halves of the internet are the internet; a text that is no range is not known to be narrow.
  for (const range of ["0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7", "everywhere"]) {
    it(`refuses SSH from ${range}, however the rule is written`, async () => {
      const inline = spoil(group, { ingress: [{ ...ssh, cidrBlocks: ["10.0.0.0/8", range] }] });
      const at = "ingress[0].cidrBlocks[1]";
      expectViolation(await judge(noPortsOpenToWorld, inline), { of: inline, at, value: range, allowed });
      const listed = spoil(classic, { cidrBlocks: [range] });
      expectViolation(await judge(noPortsOpenToWorld, listed), {
        of: listed,
        at: "cidrBlocks[0]",
        value: range,
        allowed,
      });
      const single = spoil(separate, { cidrIpv4: range });
      expectViolation(await judge(noPortsOpenToWorld, single), {
        of: single,
        at: "cidrIpv4",
        value: range,
        allowed,
      });
    });
  }

  for (const range of ["::/0", "2001:db8::/31"]) {
    it(`refuses SSH from ${range}, however the rule is written`, async () => {
      const inline = spoil(group, { ingress: [{ ...ssh, ipv6CidrBlocks: [range] }] });
      const at = "ingress[0].ipv6CidrBlocks[0]";
      expectViolation(await judge(noPortsOpenToWorld, inline), { of: inline, at, value: range, allowed });
      const listed = spoil(classic, { ipv6CidrBlocks: [range] });
      expectViolation(await judge(noPortsOpenToWorld, listed), {
        of: listed,
        at: "ipv6CidrBlocks[0]",
        value: range,
        allowed,
      });
      const single = spoil(separate, { cidrIpv4: undefined, cidrIpv6: range });
      expectViolation(await judge(noPortsOpenToWorld, single), {
        of: single,
        at: "cidrIpv6",
        value: range,
        allowed,
      });
    });
  }

  const coverings = [
    { ipProtocol: "-1", fromPort: undefined, toPort: undefined },
    { ipProtocol: "all", fromPort: undefined, toPort: undefined },
    { ipProtocol: "6", fromPort: 22, toPort: 22 },
    { ipProtocol: "tcp", fromPort: 22, toPort: 24 },
    // AWS accepts no TCP rule without ports: the rule takes it for all ports.
    { ipProtocol: "tcp", fromPort: undefined, toPort: undefined },
  ];
  for (const covering of coverings) {
    it(`sees SSH in ${JSON.stringify(covering)}`, async () => {
      const { violations } = await judge(
        noPortsOpenToWorld,
        spoil(separate, { ...covering, cidrIpv4: "0.0.0.0/0" }),
      );
      expect(violations).to.have.length(1);
    });
  }

  const besides = [
    { ipProtocol: "tcp", fromPort: 24, toPort: 24 },
    { ipProtocol: "tcp", fromPort: 0, toPort: 19 },
    { ipProtocol: "icmp", fromPort: -1, toPort: -1 },
    { ipProtocol: "udp", fromPort: 22, toPort: 22 },
    { ipProtocol: "50", fromPort: undefined, toPort: undefined },
  ];
  for (const ports of besides) {
    it(`sees no closed port in ${JSON.stringify(ports)}`, async () => {
      const open = spoil(separate, { ...ports, cidrIpv4: "0.0.0.0/0" });
      expect(await judge(noPortsOpenToWorld, open)).to.deep.equal(passed);
    });
  }

  for (const port of [1433, 1521, 2049, 3306, 3389, 5432, 6379, 27017]) {
    it(`closes port ${String(port)} to the world`, async () => {
      const open = spoil(separate, { fromPort: port, toPort: port, cidrIpv4: "0.0.0.0/0" });
      expect((await judge(noPortsOpenToWorld, open)).violations).to.have.length(1);
    });
  }

  it("takes other ports and ranges from its configuration", async () => {
    const config = { ports: [8080], shortestIpv4Prefix: 24, shortestIpv6Prefix: 64 };
    const open = spoil(separate, { cidrIpv4: "0.0.0.0/0" });
    expect(await judge(noPortsOpenToWorld, open, config)).to.deep.equal(passed);
    const wide = spoil(separate, { fromPort: 8080, toPort: 8080, cidrIpv4: "10.0.0.0/23" });
    expectViolation(await judge(noPortsOpenToWorld, wide, config), {
      of: wide,
      at: "cidrIpv4",
      value: "10.0.0.0/23",
      allowed: "for ports 8080, ranges of /24 (IPv6: /64) or narrower",
    });
    const wide6 = spoil(wide, { cidrIpv4: undefined, cidrIpv6: "2001:db8::/63" });
    expect((await judge(noPortsOpenToWorld, wide6, config)).violations).to.have.length(1);
  });

  it("does not pass a range that a preview does not know yet, and judges the rule beside it", async () => {
    const changed = spoil(group, {
      ingress: [
        { ...ssh, cidrBlocks: [unknown] },
        { ...ssh, cidrBlocks: ["0.0.0.0/0"] },
      ],
    });
    const verdict = await judge(noPortsOpenToWorld, changed);
    expect(verdict.unknown).to.contain("ingress.0.cidrBlocks.0");
    expect(verdict.violations).to.have.length(1);
  });

  const halves = ["0.0.0.0/1", "128.0.0.0/1"].flatMap((half) => quarters(half));
  const inPieces = spoil(classic, { cidrBlocks: halves });

  it("refuses the internet in narrow pieces, in one rule or in several of one group", async () => {
    const config = { shortestIpv4Prefix: 2 };
    const pieces = "together at most one of the ranges of /2 (IPv6: /32) or narrower";
    expectViolation(await judge(noPortsOpenToWorld, inPieces, config), {
      of: inPieces,
      at: "cidrBlocks[0]",
      value: "4 ranges that are the internet together",
      allowed: `for ports 22, ${pieces}`,
    });
    const rules = halves.map((cidrIpv4, index) =>
      among({ ...spoil(separate, { cidrIpv4, securityGroupId: "sg-1" }), urn: String(index) }, {}),
    );
    const apart = rules.slice(0, 2).map((rule, index) => ({
      ...rule,
      props: { ...rule.props, cidrIpv4: `${String(index * 128)}.0.0.0/3` },
    }));
    const verdict = await judgeStack(noPortsOpenToWorld, rules, config);
    expect(verdict.violations.join()).to.contain("4 ranges that are the internet together");
    expect((await judgeStack(noPortsOpenToWorld, apart, config)).violations).to.deep.equal([]);
    const elsewhere = rules.map((rule, index) => ({
      ...rule,
      props: { ...rule.props, securityGroupId: `sg-${String(index)}` },
    }));
    expect((await judgeStack(noPortsOpenToWorld, elsewhere, config)).violations).to.deep.equal([]);
  });

  it("does not judge several rules of one group before their ranges are known", async () => {
    const rule = (cidrIpv4: string, fromPort = 22) =>
      among(
        {
          ...spoil(separate, { cidrIpv4, fromPort, toPort: fromPort, securityGroupId: "sg-1" }),
          urn: cidrIpv4,
        },
        {},
      );
    const waiting = await judgeStack(noPortsOpenToWorld, [rule("10.0.0.0/8"), rule(unknown)]);
    expect(waiting.violations).to.deep.equal([]);
    expect(waiting.unknown).to.contain("cidrIpv4");
    const known = await judgeStack(noPortsOpenToWorld, [rule("10.0.0.0/8"), rule("11.0.0.0/8")]);
    expect(known).to.deep.equal(passed);
    expect(await judgeStack(noPortsOpenToWorld, [rule("10.0.0.0/8"), rule(unknown, 443)])).to.deep.equal(
      passed,
    );
  });
});

/** The two ranges of which a range consists. */
function quarters(range: string): readonly string[] {
  const [address = "", length = ""] = range.split("/");
  const first = Number(address.split(".")[0]);
  const narrower = String(Number(length) + 1);
  const step = 2 ** (8 - Number(narrower));
  return [first, first + step].map((start) => `${String(start)}.0.0.0/${narrower}`);
}
