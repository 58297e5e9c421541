import path from "node:path";

import { identities, type Identity } from "../support/identity";
import { testInBox } from "../support/inBox";

/** The kernel applies rules to packets in the same way for every user who starts the box. */
function filesFor({ name }: Identity): readonly string[] {
  return ["network", "services", "changes", ...(name === "root" ? ["rules"] : [])];
}

for (const identity of identities()) {
  describe(`the network as ${identity.name}`, () => {
    const files = filesFor(identity);
    let results: readonly Promise<PromiseSettledResult<void>[]>[];

    before(() => {
      // Each one waits for dropped packets most of the time.
      results = files.map(async (file) =>
        Promise.allSettled([testInBox(identity, path.join(__dirname, `${file}.inBox.ts`))]),
      );
    });

    for (const [index, file] of files.entries()) {
      it(`passes ${file}.inBox.ts`, async () => {
        const [result] = (await results[index]) ?? [];
        if (result?.status === "rejected") throw result.reason;
      });
    }
  });
}
