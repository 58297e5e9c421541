import path from "node:path";

import { identities } from "../../support/identity";
import { testInBox } from "../../support/inBox";

describe("a live load balancer", () => {
  for (const identity of identities()) {
    it(`does what AWS's does, started by ${identity.name}`, async () => {
      await testInBox(identity, path.join(__dirname, "inBox/loadBalancer.inBox.ts"));
    });
  }
});
