import { expect } from "chai";

import { noPublicSubnetDefault } from "../../../policies/guardrails/rules/noPublicSubnetDefault";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { remediate } from "../support/judge";

const subnet = fixture("aws:ec2/subnet:Subnet", "public-1", { mapPublicIpOnLaunch: false });
const changed = spoil(subnet, { mapPublicIpOnLaunch: true });

describe("no-public-subnet-default", () => {
  itPasses(
    noPublicSubnetDefault,
    "a subnet that hands out none, by its own word or AWS's default",
    subnet,
    spoil(subnet, { mapPublicIpOnLaunch: undefined }),
  );
  itRefuses(noPublicSubnetDefault, "a subnet that hands them out", changed, {
    at: "mapPublicIpOnLaunch",
    value: true,
    allowed: "false",
  });

  it("remediates what it refuses", async () => {
    expect(await remediate(noPublicSubnetDefault, changed)).to.deep.equal({ mapPublicIpOnLaunch: false });
  });

  const byDefault = fixture("aws:ec2/defaultSubnet:DefaultSubnet", "default", {
    availabilityZone: "us-east-1a",
    mapPublicIpOnLaunch: false,
  });
  itPasses(noPublicSubnetDefault, "a default subnet that hands out none", byDefault);
  for (const mapPublicIpOnLaunch of [true, undefined]) {
    const open = spoil(byDefault, { mapPublicIpOnLaunch });
    itRefuses(noPublicSubnetDefault, `a default subnet with ${String(mapPublicIpOnLaunch)}`, open, {
      at: "mapPublicIpOnLaunch",
      value: true,
      allowed: "false",
    });
  }
  const ipv6 = spoil(subnet, { assignIpv6AddressOnCreation: true });
  itRefuses(noPublicSubnetDefault, "a subnet that hands out IPv6 addresses", ipv6, {
    at: "assignIpv6AddressOnCreation",
    value: true,
    allowed: "false",
  });

  it("remediates a default subnet, which hands out addresses when nothing is set", async () => {
    const open = spoil(byDefault, { mapPublicIpOnLaunch: undefined, assignIpv6AddressOnCreation: true });
    expect(await remediate(noPublicSubnetDefault, open)).to.deep.include({
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
    });
    expect(await remediate(noPublicSubnetDefault, ipv6)).to.deep.include({
      assignIpv6AddressOnCreation: false,
    });
  });
});
