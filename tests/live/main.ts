/** `npm run test:live [-- FILE …]`: every `*.live.spec.ts`, several at once, where servers can boot. */
import { seconds } from "../../cli/steps";
import { whyNot } from "../../localAws/live";
import { repositoryFiles } from "../support/repositoryFiles";
import { installPackages } from "./packages";
import { prepare } from "./prepare";
import { runSideBySide } from "./sideBySide";

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
  const { passed, failed, again } = await runSideBySide(given.length === 0 ? specs() : given);
  const repeated = again === 0 ? "" : `; files that ran again, alone: ${again}`;
  console.log(`${passed} passed, ${failed} failed, 0 skipped in ${elapsed()}${repeated}`);
  return failed === 0 ? 0 : 1;
}

/** The longest first: those of whole stacks. */
function specs(): readonly string[] {
  const found = repositoryFiles("tests").filter((file) => file.endsWith(".live.spec.ts"));
  const isStack = (file: string): boolean => file.startsWith("tests/live/");
  return [...found.filter(isStack), ...found.filter((file) => !isStack(file))];
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
