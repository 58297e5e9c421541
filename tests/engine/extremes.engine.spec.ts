import { expect } from "chai";
import { z } from "zod";

import { stackSettings } from "../../config";
import { openLocalRun, succeeded, type LocalRun } from "../support/localRun";
import { extremes, leftOut } from "./extremeSettings";

/** Pulumi allows a stack name 100 characters; the file name has more. */
const longestStackName = 100;

/** The emulator refuses each request that AWS's models or documented limits refuse. */
describe("settings at their extremes", () => {
  let local: LocalRun;

  before(async () => {
    local = await openLocalRun();
  });
  after(async () => {
    await local.close();
  });

  const members = z.record(z.string(), z.unknown());
  for (const end of ["least", "most"] as const) {
    const config = extremes[end];
    it(`are all set: ${end}`, () => {
      const { network, database, fleet, launcher } = stackSettings.shape;
      const missing = Object.entries({ network, database, fleet, launcher }).flatMap(([group, schema]) => {
        const given = members.parse(config[`wordpress:${group}`]);
        const known = Object.keys(members.parse(schema.unwrap().shape));
        return known.filter((name) => !(name in given)).map((name) => `${group}.${name}`);
      });
      expect(missing, "add them to extremeSettings.ts").to.have.members(leftOut[end]);
    });

    it(`can be created and destroyed: ${end}`, async () => {
      const stack = end === "least" ? "s" : "s".repeat(longestStackName);
      await local.add(stack, config);
      const facts = succeeded(await local.run("up", "--stack", stack));
      expect(facts.resources).to.be.greaterThan(40);
      expect(facts.violations).to.deep.equal([]);
      expect(succeeded(await local.run("down", "--stack", stack))).to.deep.include({
        resources: 0,
        left: [],
      });
    });
  }
});
