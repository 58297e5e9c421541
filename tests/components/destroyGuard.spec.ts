import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { DestroyGuard } from "../../components/destroyGuard/destroyGuard";
import { runUnderMocks } from "../support/mocks";

/** The options of a registered guard of one component. */
async function optionsOf(protect: boolean): Promise<pulumi.ComponentResourceOptions> {
  const options: pulumi.ComponentResourceOptions[] = [];
  await runUnderMocks(() => {
    const part = new pulumi.ComponentResource("wordpress:network:Network", "site");
    const record: pulumi.ResourceTransformation = ({ type, opts }) => {
      if (type === "wordpress:guard:DestroyGuard") options.push(opts);
      return undefined;
    };
    return new DestroyGuard("site", { protect, resources: [part] }, { transformations: [record] }).urn;
  });
  const [first] = options;
  if (first === undefined) throw new Error("no guard was registered");
  return first;
}

describe("DestroyGuard", () => {
  for (const protect of [true, false]) {
    it(`depends on every resource of a stack that is ${protect ? "" : "not "}protected`, async () => {
      const { dependsOn, ...options } = await optionsOf(protect);
      expect(options).to.deep.include({ protect });
      expect(dependsOn).to.be.an("array").with.length(1);
    });
  }
});
