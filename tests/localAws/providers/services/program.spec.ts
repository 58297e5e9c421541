import { expect } from "chai";
import { z } from "zod";

import { catalogue } from "../../../../localAws/providers/aws/catalogue";
import { shippedRun } from "../../../support/shippedRun";
import { shippedStacks } from "../../../support/stackFile";
import { problemsOf } from "./life";

const properties = z.record(z.string(), z.json());

/** The problems that the local provider reports for the program's resources, by their names. */
async function refusals(stack: string): Promise<Record<string, unknown>> {
  const { resources } = await shippedRun(stack);
  const refused: Record<string, unknown> = {};
  for (const { type, name, inputs } of resources) {
    // awsx registers the VPC's children. The mocks have only a part of them.
    if (!type.startsWith("aws:") || name.startsWith("wordpress-vpc")) continue;
    const known = catalogue.types.get(type);
    const given = properties.parse(JSON.parse(JSON.stringify(inputs)));
    const problems = known === undefined ? [`${type} is unknown`] : problemsOf(known, given);
    if (problems.length > 0) refused[name] = problems;
  }
  return refused;
}

describe("The local provider and the program", () => {
  for (const stack of shippedStacks()) {
    it(`have the same types and properties with the settings of ${stack}`, async () => {
      expect(await refusals(stack)).to.deep.equal({});
    });
  }
});
