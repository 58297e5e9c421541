import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import { type Option, readOptions, unknownWord } from "../cli/options";
import { type Screen, screenOn } from "../cli/screen";
import { type Steps, stepsOn } from "../cli/steps";
import { names, ours, previewCases, unchangedCases } from "./cases";
import { classNames, measureClass } from "./class";
import { hundredVerdict, memoryVerdict, renderClass, type StudentGoal, studentVerdict } from "./classReport";
import { type Figure, isReached, lineOf } from "./live/goals";
import { measureCold, measureWarm } from "./live/measure";
import { type Measurement, measureInTurn, runOnce } from "./measure";
import { describeGoal, type Goal, renderMeasurements, verdict } from "./report";
import { openWorkplace, repository, type Workplace } from "./workplace";

const rounds = 5;

/** The goals: ratios of medians of one run on one machine. */
const goals: readonly Goal[] = [
  { of: names.ours, to: names.empty, atMost: 1.6 },
  { of: names.stock, to: names.ours, atLeast: 5 },
  { of: names.stock, to: names.official, atLeast: 3 },
  { of: names.oursUp, to: names.oursUnchanged, atMost: 1.5 },
  { of: names.allPacks, to: names.noPacks, atMost: 1.25 },
];

/** The goals for one student of a class: ratios to an empty program's preview in the same run, on two cores. */
const studentGoals: readonly StudentGoal[] = [
  { of: classNames.plan, atMost: 0.42 },
  { of: classNames.up, atMost: 1.7 },
];

/** The time to grade a hundred students without `--act`, on two cores. */
const gradeGoal = { of: classNames.grade, atMostSeconds: 120 };

/** The memory of all processes of a class and of the emulator, for a class of any size. */
const mostMegabytes = 1_500;

const suites = ["commands", "class", "live"] as const;

const options = {
  students: {
    type: "string",
    problemOf: (value) =>
      /^[1-9]\d{0,2}$/.test(value) ? undefined : `--students ${value} is not a whole number from 1 to 999`,
  },
  cold: { type: "boolean" },
} as const satisfies Readonly<Record<string, Option>>;

/**
 * `npm run bench [-- commands | class | live] [--students N] [--cold]`: measures, prints a table and the goals. Exit
 * status 1: a goal is missed; 2: the arguments are wrong. Without a suite it runs `commands` and `class`; without
 * `--students` a class has 20; with `--cold`, `live` also makes the servers' images from nothing.
 */
async function main(words: readonly string[]): Promise<void> {
  const { positionals, has, valueOf, problems } = readOptions(words, options);
  const unknown = positionals.filter((word) => !suites.some((suite) => suite === word));
  const wrong = [...problems, ...unknown.map((word) => unknownWord("suite", word, suites))];
  if (wrong.length > 0) {
    console.error(wrong.join("\n"));
    process.exitCode = 2;
    return;
  }
  const wants = (suite: (typeof suites)[number]) =>
    positionals.includes(suite) || (positionals.length === 0 && suite !== "live");
  const screen = screenOn(process.stderr);
  if (wants("live") && !(await benchLive(has("cold"), screen))) process.exitCode = 1;
  if (!wants("commands") && !wants("class")) return;
  const steps = stepsOn(screen);
  if (wants("commands")) await steps.run("CDK, for comparison", () => installCdk());
  const workplace = await openWorkplace(steps);
  try {
    const reached = [
      wants("commands") ? await benchCommands(workplace, screen, steps) : true,
      wants("class") ? await benchClass(workplace, Number(valueOf("students") ?? 20), screen) : true,
    ];
    if (reached.includes(false)) process.exitCode = 1;
  } finally {
    await workplace.close();
  }
}

/** @returns whether every goal was reached */
async function benchLive(cold: boolean, screen: Screen): Promise<boolean> {
  const figures: Figure[] = [];
  const add = (figure: Figure): void => {
    figures.push(figure);
    screen.print(lineOf(figure));
  };
  await measureWarm(add);
  if (cold) await measureCold(add);
  console.log(figures.map(lineOf).join("\n"));
  return figures.every(isReached);
}

/** @returns whether every goal was reached */
async function benchCommands(workplace: Workplace, screen: Screen, steps: Steps): Promise<boolean> {
  await steps.run("CDK, as JavaScript", () => buildCdk(workplace));
  const fromNothing = await measureInTurn(await previewCases(workplace), rounds, screen.print);
  const firstUp = await runOnce(ours("ours, up of the whole stack", workplace, ["up"]));
  const unchanged = await measureInTurn(unchangedCases(workplace), rounds, screen.print);
  await runOnce(ours("ours, down", workplace, ["down", "--yes"]));
  return report([...fromNothing, ...unchanged, firstUp]);
}

/** @returns whether every goal was reached */
async function benchClass(workplace: Workplace, students: number, screen: Screen): Promise<boolean> {
  const { commands, emptySeconds } = await measureClass(workplace, students, screen.print);
  console.log(renderClass(commands));
  const verdicts = studentGoals.map((goal) => ({ goal, ...studentVerdict(goal, commands, emptySeconds) }));
  for (const { goal, ratio, reached } of verdicts) {
    const result = `${reached ? "reached" : "MISSED "}  ${ratio.toFixed(2)} x`;
    console.log(`${result}  ${goal.of}, a student / ${names.empty}: at most ${goal.atMost}, on two cores`);
  }
  const grading = hundredVerdict(gradeGoal, commands);
  console.log(
    `${grading.reached ? "reached" : "MISSED "}  ${grading.seconds.toFixed(0)} s  ${gradeGoal.of}, 100 students: at most ${gradeGoal.atMostSeconds} s, on two cores`,
  );
  const memory = memoryVerdict(mostMegabytes, commands);
  console.log(
    `${memory.reached ? "reached" : "MISSED "}  ${memory.megabytes.toFixed(0)} MB  memory: at most ${mostMegabytes}`,
  );
  return [...verdicts, grading, memory].every(({ reached }) => reached);
}

function report(measurements: readonly Measurement[]): boolean {
  console.log(renderMeasurements(measurements));
  const verdicts = goals.map((goal) => ({ goal, ...verdict(goal, measurements) }));
  for (const { goal, ratio, reached } of verdicts) {
    console.log(`${reached ? "reached" : "MISSED "}  ${ratio.toFixed(2)} x  ${describeGoal(goal)}`);
  }
  return verdicts.every(({ reached }) => reached);
}

const run = promisify(execFile);
const cdkFolder = path.join(repository, "bench", "cdk");

/** Only this measurement needs these 220 MB, so `npm ci` does not install them. */
async function installCdk(): Promise<void> {
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: cdkFolder });
}

async function buildCdk({ folder }: Workplace): Promise<void> {
  const built = path.join(folder, "cdk");
  await run(path.join(cdkFolder, "node_modules", ".bin", "tsc"), ["--outDir", built], { cwd: cdkFolder });
  await run("ln", ["-s", path.join(cdkFolder, "node_modules"), path.join(built, "node_modules")]);
}

void main(process.argv.slice(2));
