/** `npm run test:live [-- FILE …]`: every `*.live.spec.ts`, several at once, where servers can boot. */
import { seconds } from "../../cli/steps";
import { whyNot } from "../../localAws/live";
import { exitWith } from "../runner/exit";
import { runSpecFiles } from "../runner/specFiles";
import { repositoryFiles } from "../support/repositoryFiles";
import { installPackages } from "./packages";
import { prepare } from "./prepare";

/** Specs wait most of the time: for health checks, metrics and boots. More at once would only slow each other down. */
const mostAtOnce = 5;

async function main(given: readonly string[]): Promise<number> {
  const started = performance.now();
  const elapsed = (): string => seconds(performance.now() - started);
  await installPackages();
  const reason = await whyNot();
  if (reason !== undefined) {
    console.log(`The live tests are skipped. ${reason}`);
    console.log("0 passed, 0 failed, 1 skipped");
    return 0;
  }
  await prepare((line) => {
    console.log(`  ${line}`);
  });
  console.log(`Prepared in ${elapsed()}`);
  const files = given.length === 0 ? specs() : given;
  const { passed, failed, onlyAlone } = await runSpecFiles(files, { atOnce: mostAtOnce, verbose: true });
  const repeated = onlyAlone.length === 0 ? "" : `; files that passed only alone: ${onlyAlone.length}`;
  console.log(`${passed} passed, ${failed} failed, 0 skipped in ${elapsed()}${repeated}`);
  return failed === 0 ? 0 : 1;
}

/** The longest first: those of whole stacks. */
function specs(): readonly string[] {
  const found = repositoryFiles("tests").filter((file) => file.endsWith(".live.spec.ts"));
  const isStack = (file: string): boolean => file.startsWith("tests/live/");
  return [...found.filter(isStack), ...found.filter((file) => !isStack(file))];
}

exitWith(main(process.argv.slice(2)));
