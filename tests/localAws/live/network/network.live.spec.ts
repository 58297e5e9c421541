import path from "node:path";

import { identities } from "../support/identity";
import { testInBox } from "../support/inBox";

for (const identity of identities()) {
  describe(`the network as ${identity.name}`, () => {
    for (const file of ["network", "services"]) {
      it(`passes ${file}.inBox.ts`, async () => {
        await testInBox(identity, path.join(__dirname, `${file}.inBox.ts`));
      });
    }
  });
}
