/** `npm run test:live`: every `*.live.spec.ts`, one after the other, on a machine where servers can boot. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

import { prepareImages, whyNot } from "../../localAws/live";
import { installPackages } from "./packages";

const repository = path.resolve(__dirname, "../..");
const specs = "tests/**/*.live.spec.ts";

async function main(patterns: readonly string[]): Promise<number> {
  await installPackages();
  const reason = await whyNot();
  if (reason !== undefined) {
    console.log(`The live tests are skipped. ${reason}`);
    console.log("0 passed, 0 failed, 1 skipped");
    return 0;
  }
  await prepareImages((line) => {
    console.log(`  ${line}`);
  });
  const mocha = path.join(repository, "node_modules/.bin/mocha");
  const child = spawn(mocha, ["--no-parallel", ...(patterns.length === 0 ? [specs] : patterns)], {
    cwd: repository,
    stdio: "inherit",
  });
  await once(child, "close");
  return child.exitCode ?? 1;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
