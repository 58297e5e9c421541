import { join } from "node:path";

import { testInBox } from "../network/support/box";

for (const starter of ["root", "user"] as const) {
  describe(`databases as ${starter}`, () => {
    it("pass the tests of the box", () => {
      testInBox(join(__dirname, "database.inBox.ts"), starter);
    });
  });
}
