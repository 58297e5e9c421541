import { expect } from "chai";

import { scaleInProtection } from "../../../policies/production/rules/scaleInProtection";
import { expectViolation } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { judge, passed } from "../support/judge";

const group = fixture("aws:autoscaling/group:Group", "wordpress", { protectFromScaleIn: true });

describe("scale-in-protection", () => {
  it("passes a protected group", async () => {
    expect(await judge(scaleInProtection, group)).to.deep.equal(passed);
  });

  for (const protectFromScaleIn of [false, undefined]) {
    it(`refuses protectFromScaleIn ${String(protectFromScaleIn)}`, async () => {
      const spoiled = spoil(group, { protectFromScaleIn });
      expectViolation(await judge(scaleInProtection, spoiled), {
        of: spoiled,
        at: "protectFromScaleIn",
        value: protectFromScaleIn,
        allowed: "true",
      });
    });
  }
});
