import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { currentPoliciesPage } from "./policiesPage";
import { currentSettingsPage } from "./settings/page";

/** `npm run docs`: updates the pages that are generated from the code. */
async function main(): Promise<void> {
  const docs = join(__dirname, "..", "docs");
  await writeFile(join(docs, "policies.md"), await currentPoliciesPage());
  await writeFile(join(docs, "settings.md"), await currentSettingsPage());
}

void main();
