import { expect } from "chai";

import { noPublicAddress } from "../../../policies/guardrails/rules/noPublicAddress";
import { expectViolation } from "../support/expectations";
import { fixture, spoil, unknown } from "../support/fixture";
import { judge, notApplicable, passed } from "../support/judge";

const template = fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", {
  networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [unknown] }],
});
const server = fixture("aws:ec2/instance:Instance", "builder", { associatePublicIpAddress: false });
const natAddress = fixture("aws:ec2/eip:Eip", "nat", { domain: "vpc" });

describe("no-public-address", () => {
  it("passes servers without one, and the address of a NAT gateway", async () => {
    expect(await judge(noPublicAddress, template)).to.deep.equal(passed);
    expect(await judge(noPublicAddress, server)).to.deep.equal(passed);
    expect(await judge(noPublicAddress, natAddress)).to.deep.equal(passed);
  });

  for (const associatePublicIpAddress of ["true", undefined]) {
    it(`refuses a launch template with associatePublicIpAddress ${String(associatePublicIpAddress)}`, async () => {
      const networkInterfaces = [
        { associatePublicIpAddress: "false" },
        // AWS gives only the first interface the subnet's default.
        { associatePublicIpAddress, deviceIndex: associatePublicIpAddress === undefined ? 0 : 1 },
      ];
      const changed = spoil(template, { networkInterfaces });
      expectViolation(await judge(noPublicAddress, changed), {
        of: changed,
        at: "networkInterfaces[1].associatePublicIpAddress",
        value: associatePublicIpAddress,
        allowed: '"false"',
      });
    });
  }

  it("refuses a launch template that leaves it to the subnet", async () => {
    for (const changed of [
      spoil(template, { networkInterfaces: undefined }),
      spoil(template, { networkInterfaces: [] }),
    ]) {
      expectViolation(await judge(noPublicAddress, changed), {
        of: changed,
        at: "networkInterfaces[0].associatePublicIpAddress",
        value: undefined,
        allowed: '"false"',
      });
    }
  });

  for (const associatePublicIpAddress of [true, undefined]) {
    it(`refuses a server with associatePublicIpAddress ${String(associatePublicIpAddress)}`, async () => {
      const changed = spoil(server, { associatePublicIpAddress });
      expectViolation(await judge(noPublicAddress, changed), {
        of: changed,
        at: "associatePublicIpAddress",
        value: associatePublicIpAddress,
        allowed: "false",
      });
    });
  }

  it("refuses an Elastic IP for a server, in each way it can get one", async () => {
    const ways = [
      { at: "instance", of: fixture("aws:ec2/eip:Eip", "a", { instance: "i-1" }) },
      { at: "networkInterface", of: fixture("aws:ec2/eip:Eip", "b", { networkInterface: "i-1" }) },
      { at: "instanceId", of: fixture("aws:ec2/eipAssociation:EipAssociation", "c", { instanceId: "i-1" }) },
      {
        at: "networkInterfaceId",
        of: fixture("aws:ec2/eipAssociation:EipAssociation", "d", { networkInterfaceId: "i-1" }),
      },
    ];
    for (const { at, of } of ways) {
      expectViolation(await judge(noPublicAddress, of), {
        of,
        at,
        value: "i-1",
        allowed: "no server and no network interface",
      });
    }
  });

  it("does not pass what a preview does not know yet, and still judges the rest", async () => {
    const changed = spoil(template, {
      networkInterfaces: [{ associatePublicIpAddress: unknown }, { associatePublicIpAddress: "true" }],
    });
    const verdict = await judge(noPublicAddress, changed);
    expect(verdict.unknown).to.contain("networkInterfaces.0.associatePublicIpAddress");
    expect(verdict.violations).to.have.length(1);
  });

  it("leaves other resources alone", async () => {
    const table = fixture("aws:lambda/function:Function", "launcher", {});
    expect(await judge(noPublicAddress, table)).to.deep.equal(notApplicable);
  });
});
