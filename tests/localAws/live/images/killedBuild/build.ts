/** Builds a layer over this machine's /usr, which a shell can use as a root file system. */
import { writeFileSync } from "node:fs";

import { inRoot, keyOf, layerOver } from "../../../../../localAws/live/images/layer";
import { resultPipe } from "../../../../../localAws/live/images/namespaces";

async function build(step: string): Promise<void> {
  const usr = { layers: ["/usr"], key: "usr" };
  const image = await layerOver(usr, "tiny", keyOf("1"), console.log, async (root, logFile) => {
    await inRoot(root, ["sh", "-c", step], logFile);
  });
  writeFileSync(resultPipe, image.layers[0] ?? "");
}

build(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
