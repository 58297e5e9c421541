import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { currentReadme } from "./readme";

/** `npm run docs`: writes anew what README.md takes from the code. */
async function main(): Promise<void> {
  const readme = join(__dirname, "..", "README.md");
  await writeFile(readme, await currentReadme(await readFile(readme, "utf8")));
}

void main();
