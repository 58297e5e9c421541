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
});
