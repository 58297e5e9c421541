import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import { screenOn } from "../local/ui/screen";
import { stepsOn } from "../local/ui/steps";
import { names, ours, previewCases, unchangedCases } from "./cases";
import { type Measurement, measureInTurn, runOnce } from "./measure";
import { describeGoal, type Goal, renderMeasurements, verdict } from "./report";
import { openWorkplace, repository, type Workplace } from "./workplace";

const rounds = 5;

/** What must be reached; ratios of medians of the same run on the same machine. */
const goals: readonly Goal[] = [
  { of: names.ours, to: names.empty, atMost: 1.6 },
  { of: names.stock, to: names.ours, atLeast: 5 },
  { of: names.stock, to: names.official, atLeast: 3 },
  { of: names.oursUp, to: names.oursUnchanged, atMost: 1.5 },
];

/** `npm run bench`: measures, prints a table and the goals; ends with 1 when one is missed. */
async function main(): Promise<void> {
  const screen = screenOn(process.stderr);
  const steps = stepsOn(screen);
  await steps.run("CDK, for comparison", () => installCdk());
  const workplace = await openWorkplace(steps);
  try {
    await steps.run("CDK, as JavaScript", () => buildCdk(workplace));
    const fromNothing = await measureInTurn(await previewCases(workplace), rounds, screen.print);
    const firstUp = await runOnce(ours("ours, up of the whole stack", workplace, ["up"]));
    const unchanged = await measureInTurn(unchangedCases(workplace), rounds, screen.print);
    await runOnce(ours("ours, down", workplace, ["down", "--yes"]));
    report([...fromNothing, ...unchanged, firstUp]);
  } finally {
    await workplace.close();
  }
}

function report(measurements: readonly Measurement[]): void {
  console.log(renderMeasurements(measurements));
  const verdicts = goals.map((goal) => ({ goal, ...verdict(goal, measurements) }));
  for (const { goal, ratio, reached } of verdicts) {
    console.log(`${reached ? "reached" : "MISSED "}  ${ratio.toFixed(2)} x  ${describeGoal(goal)}`);
  }
  process.exitCode = verdicts.every(({ reached }) => reached) ? 0 : 1;
}

const run = promisify(execFile);
const cdkFolder = path.join(repository, "bench", "cdk");

/** It is 220 MB that only this measure needs, so that `npm ci` does not bring it. */
async function installCdk(): Promise<void> {
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: cdkFolder });
}

async function buildCdk({ folder }: Workplace): Promise<void> {
  const built = path.join(folder, "cdk");
  await run(path.join(cdkFolder, "node_modules", ".bin", "tsc"), ["--outDir", built], { cwd: cdkFolder });
  await run("ln", ["-s", path.join(cdkFolder, "node_modules"), path.join(built, "node_modules")]);
}

void main();
