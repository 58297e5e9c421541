/** {@link makeImages} in separate namespaces, with this machine's network: `build.ts PROXY`. See prepare.ts. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { unfinishedFolder } from "./folders";
import { makeImages } from "./images";
import { resultPipe } from "./namespaces";

async function build(proxy: string): Promise<void> {
  // Programs write their temporary files where the next build removes them, if this one is killed.
  const temporary = join(unfinishedFolder, "tmp");
  mkdirSync(temporary, { recursive: true });
  process.env["TMPDIR"] = temporary;
  const images = await makeImages(proxy, (line) => {
    console.log(line);
  });
  writeFileSync(resultPipe, JSON.stringify(images));
}

build(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
