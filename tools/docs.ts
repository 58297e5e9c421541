import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { currentPoliciesPage } from "./policiesPage";
import { currentOptionFiles } from "./settings/optionFiles";
import { currentSettingsPage } from "./settings/page";

/** `npm run docs`: updates the pages, and the TSDoc of the components' options, that are generated from the code. */
async function main(): Promise<void> {
  const root = join(__dirname, "..");
  const docs = join(root, "docs");
  await writeFile(join(docs, "policies.md"), await currentPoliciesPage());
  await writeFile(join(docs, "settings.md"), await currentSettingsPage());
  for (const [path, text] of await currentOptionFiles()) await writeFile(join(root, path), text);
}

void main();
