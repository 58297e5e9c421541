import path from "node:path";

import { identities, type Identity } from "../support/identity";
import { testInBox } from "../support/inBox";

/** The kernel applies rules to packets in the same way, whoever started the box. */
function filesFor({ name }: Identity): readonly string[] {
  return ["network", "services", "changes", ...(name === "root" ? ["rules"] : [])];
}

for (const identity of identities()) {
  describe(`the network as ${identity.name}`, () => {
    for (const file of filesFor(identity)) {
      it(`passes ${file}.inBox.ts`, async () => {
        await testInBox(identity, path.join(__dirname, `${file}.inBox.ts`));
      });
    }
  });
}
