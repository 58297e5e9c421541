/** Runs a build as prepare.ts does, with an image of one step: `run.ts STEP`. */
import { join } from "node:path";

import { withCache } from "../../../../../localAws/live/images/cache";
import { runInNamespaces } from "../../../../../localAws/live/images/namespaces";

async function main(): Promise<number> {
  const program = join(__dirname, "build.ts");
  const args = process.argv.slice(2);
  const { exitCode, result } = await withCache(
    async (lock) => await runInNamespaces({ program, args, network: "host", lock }),
    console.log,
  );
  console.log(result);
  return exitCode;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
