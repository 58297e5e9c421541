import { expect } from "chai";

import { noPrefixListsOpenToWorld } from "../../../policies/guardrails/rules/noPrefixListsOpenToWorld";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";

const rule = noPrefixListsOpenToWorld;
const allowed = "ranges of /8 (IPv6: /32) or narrower";

const list = among(
  fixture("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", {
    entries: [{ cidr: "203.0.113.0/24" }],
  }),
  {},
);
const entry = among(
  fixture("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "office", {
    cidr: "198.51.100.0/24",
    prefixListId: unknown,
  }),
  { prefixListId: [list] },
);
const ssh = among(
  fixture("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", {
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    prefixListId: unknown,
  }),
  { prefixListId: [list] },
);
const elsewhere = among(spoil(ssh, { prefixListId: "pl-1" }), {});

describe("no-prefix-lists-open-to-world", () => {
  itPassesStack(rule, "SSH from a list of narrow ranges", [list, entry, ssh]);
  for (const cidr of ["0.0.0.0/0", "::/0", "10.0.0.0/7"]) {
    const wide = { ...list, props: { entries: [{ cidr: "203.0.113.0/24" }, { cidr }] } };
    itRefusesStack(rule, `a list with ${cidr} in it`, [wide, entry, ssh], {
      of: list,
      at: "entries[1].cidr",
      value: cidr,
      allowed,
    });
    itRefusesStack(rule, `an entry ${cidr} of its own`, [list, { ...entry, props: { cidr } }, ssh], {
      of: entry,
      at: "cidr",
      value: cidr,
      allowed,
    });
  }
  itPassesStack(rule, "a wide list that no such rule uses", [
    { ...list, props: { entries: [{ cidr: "0.0.0.0/0" }] } },
    among(spoil(ssh, { fromPort: 443, toPort: 443 }), { prefixListId: [list] }),
  ]);
  itPassesStack(rule, "no list at all, as the provider hands that out", [
    among(spoil(ssh, { prefixListId: "", cidrIpv4: "203.0.113.7/32" }), {}),
  ]);
  itRefusesStack(rule, "a prefix list of another stack", [elsewhere], {
    of: ssh,
    at: "prefixListId",
    value: "pl-1",
    allowed: "a prefix list of this stack, or a trusted one",
  });
  const inline = {
    protocol: "tcp",
    fromPort: 0,
    toPort: 65_535,
    prefixListIds: ["pl-1"],
  };
  const group = among(fixture("aws:ec2/securityGroup:SecurityGroup", "web", { ingress: [inline] }), {});
  itRefusesStack(rule, "a prefix list of another stack in an inline rule", [group], {
    of: group,
    at: "ingress[0].prefixListIds[0]",
    value: "pl-1",
    allowed: "a prefix list of this stack, or a trusted one",
  });

  it("trusts the lists that its configuration names", async () => {
    const { violations } = await judgeStack(rule, [elsewhere], { trustedPrefixLists: ["pl-1"] });
    expect(violations).to.deep.equal([]);
  });

  it("does not pass a list that a preview does not know yet", async () => {
    expect((await judgeStack(rule, [among(ssh, {})])).unknown).to.contain("prefixListId");
    const { unknown: missing } = await judgeStack(rule, [
      { ...list, props: { entries: [{ cidr: unknown }] } },
      ssh,
    ]);
    expect(missing).to.contain("entries.0.cidr");
  });

  itRefusesStack(
    rule,
    "a list of pieces that are the internet together",
    [
      { ...list, props: { entries: [{ cidr: "0.0.0.0/9" }, { cidr: "0.128.0.0/9" }, ...halvesAbove(8)] } },
      ssh,
    ],
    {
      of: list,
      at: "entries",
      value: "257 ranges that are the internet together",
      allowed: `together at most one of the ${allowed}`,
    },
  );

  it("judges only the entries of the list", async () => {
    const other = { ...list, urn: "other", name: "other" };
    const wide = { ...entry, props: { cidr: "0.0.0.0/0" }, propertyDependencies: { prefixListId: [other] } };
    expect((await judgeStack(rule, [list, other, wide, ssh])).violations).to.deep.equal([]);
  });

  it("does not judge a list whose entries a preview does not know", async () => {
    const verdict = await judgeStack(rule, [{ ...list, props: { entries: unknown } }, ssh]);
    expect(verdict.violations).to.deep.equal([]);
    expect(verdict.unknown).to.contain("entries");
  });

  it("judges nothing by dependencies when there are more lists than ids", async () => {
    const wide = { ...list, urn: "wide", name: "wide", props: { entries: [{ cidr: "0.0.0.0/0" }] } };
    const both = { ...ssh, propertyDependencies: { prefixListId: [list, wide] } };
    const verdict = await judgeStack(rule, [list, wide, both]);
    expect(verdict.violations).to.deep.equal([]);
    expect(verdict.unknown).to.contain("prefixListId");
  });

  it("judges a list by its id, beside ids that a preview does not know", async () => {
    const known = among({ ...list, props: { id: "pl-7", entries: [{ cidr: "0.0.0.0/0" }] } }, {});
    const { violations } = await judgeStack(rule, [known, among(spoil(ssh, { prefixListId: "pl-7" }), {})]);
    expect(violations.join()).to.contain("entries[0].cidr");
  });
});

/** The ranges of a prefix length that cover the addresses above the first of them. */
function halvesAbove(length: number): readonly { readonly cidr: string }[] {
  return Array.from({ length: 2 ** length - 1 }, (_, index) => ({
    cidr: `${String(index + 1)}.0.0.0/${String(length)}`,
  }));
}
