/** main.ts starts this program in separate namespaces, with this machine's network. */
import { writeFileSync } from "node:fs";

import { resultPipe } from "../support/namespaces";
import { keepTemporaryFilesInMemory } from "../support/temporaryFiles";
import { makeImages } from "./images";

async function build(proxy: string): Promise<void> {
  await keepTemporaryFilesInMemory();
  writeFileSync(resultPipe, JSON.stringify(await makeImages(proxy)));
}

build(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
