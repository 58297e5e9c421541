import { join } from "node:path";

import { testInBox } from "./support/box";

const files = ["network", "services"];

for (const starter of ["root", "user"] as const) {
  describe(`the network of a box that ${starter} starts`, () => {
    for (const file of files) {
      it(`passes ${file}.inBox.ts`, () => {
        testInBox(join(__dirname, `${file}.inBox.ts`), starter);
      });
    }
  });
}
