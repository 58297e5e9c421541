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
});
