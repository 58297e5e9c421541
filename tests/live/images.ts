/**
 * `npm run test:images`: builds the servers' images, which takes four minutes once, while other tests run. It prints
 * nothing where servers cannot boot, and succeeds when the build fails: the live tests report the reason, or build again.
 */
import { constants, setPriority } from "node:os";

import { prepareImages, whyNot } from "../../localAws/live";
import { installPackages } from "./packages";

async function main(): Promise<void> {
  // Its processes inherit it: the tests beside it come first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await installPackages();
  if ((await whyNot()) !== undefined) return;
  await prepareImages((line) => {
    console.log(line);
  });
}

main().catch((error: unknown) => {
  console.error(error);
});
