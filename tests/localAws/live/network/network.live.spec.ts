import { join } from "node:path";

import { testInBox } from "./support/box";

for (const starter of ["root", "user"] as const) {
  describe(`the network as ${starter}`, () => {
    it("passes the tests of the box", () => {
      testInBox(join(__dirname, "network.inBox.ts"), starter);
    });
  });
}
