import path from "node:path";

import { identities } from "../support/identity";
import { testInBox } from "../support/inBox";

for (const identity of identities()) {
  describe(`machines as ${identity.name}`, function () {
    this.timeout(900_000);

    it("pass the tests of the box", async () => {
      await testInBox(identity, path.join(__dirname, "machines.inBox.ts"));
    });
  });
}
