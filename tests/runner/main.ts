/** `npm run test:engine [-- FILE …]`: every `*.engine.spec.ts` and `*.emulator.spec.ts`, several at once. */
import { stat } from "node:fs/promises";
import path from "node:path";

import { sharedCache } from "../../cli/sharedCache";
import { seconds } from "../../cli/steps";
import { findPulumi } from "../../engine/pulumiCli/command";
import { ensureAwsCli, ensureEnvironment } from "../../localAws/emulator";
import { repository, repositoryFiles } from "../support/repositoryFiles";
import { longestFirst, readDurations, writeDurations } from "./durations";
import { exitWith } from "./exit";
import { runSpecFiles } from "./specFiles";

/** On 2 cores: a file waits for half of its time. */
const atOnce = 4;

const durationsFile = path.join(repository, ".local", "cache", "spec-durations.json");

async function main(given: readonly string[]): Promise<number> {
  const started = performance.now();
  await prepare((line) => {
    console.log(`  ${line}`);
  });
  const before = await readDurations(durationsFile);
  const names = given.length === 0 ? specs() : given;
  const files = await Promise.all(
    names.map(async (file) => ({ file, bytes: (await stat(path.join(repository, file))).size })),
  );
  const durations = { ...before };
  const { passed, failed, onlyAlone } = await runSpecFiles(longestFirst(files, before), {
    atOnce,
    onPassed: (file, milliseconds) => {
      durations[file] = Math.round(milliseconds);
    },
  });
  await writeDurations(durationsFile, durations);
  const repeated = onlyAlone.length === 0 ? "" : `; files that passed only alone: ${onlyAlone.length}`;
  console.log(`\n${passed} passed, ${failed} failed in ${seconds(performance.now() - started)}${repeated}`);
  return failed === 0 ? 0 : 1;
}

/** Makes once what the files share, instead of in the first ones, where the others wait for it. */
async function prepare(report: (line: string) => void): Promise<void> {
  await Promise.all([
    ensureEnvironment({ report }),
    ensureAwsCli({ report }),
    findPulumi(sharedCache(process.env), { run: (_title, work) => work(report) }),
  ]);
}

/** `npm run test:class` runs the whole classes. */
function specs(): readonly string[] {
  return repositoryFiles("tests").filter(
    (file) => /\.(engine|emulator)\.spec\.ts$/.test(file) && !file.startsWith("tests/students/class/"),
  );
}

exitWith(main(process.argv.slice(2)));
