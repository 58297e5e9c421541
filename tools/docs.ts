import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { currentPoliciesPage } from "./policiesPage";
import { currentReadme } from "./readme";

/** `npm run docs`: writes anew what README.md takes from the code, and the pages that come from it whole. */
async function main(): Promise<void> {
  const root = join(__dirname, "..");
  const readme = join(root, "README.md");
  await writeFile(readme, await currentReadme(await readFile(readme, "utf8")));
  await writeFile(join(root, "docs", "policies.md"), await currentPoliciesPage());
}

void main();
