import { join } from "node:path";

import { testInBox } from "../network/support/box";

for (const starter of ["root", "user"] as const) {
  describe(`EFS and AWS's endpoints as ${starter}`, () => {
    it("pass the tests of the box", () => {
      testInBox(join(__dirname, "endpoints.inBox.ts"), starter);
    });
  });
}
