import { writeFile } from "node:fs/promises";
import path from "node:path";

import { asFailure, becomeCommand, exit, exitStatus, explain, writeJson } from "../cli/commandProcess";
import { messageOf } from "../cli/failure";
import { exitStatusOf, listenForInterrupts } from "../cli/interrupt";
import { screenOn } from "../cli/screen";
import { stepsOn } from "../cli/steps";
import { foldersOf } from "../engine/folders";
import { readConfigurations } from "../policies/configuration/folder";
import { renderJson } from "../policies/report/json";
import { allPass, stackResult } from "../policies/report/results";
import { renderSarif } from "../policies/report/sarif";
import { renderTable } from "../policies/report/table";
import { suggestion } from "../policies/support/suggestion";
import { parseCommandLine, usage, type Invocation } from "./commandLine";
import { runGate } from "./gate";
import { stackNamesIn } from "./stackNames";

void main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  becomeCommand();
  const parsed = parseCommandLine(words);
  switch (parsed.kind) {
    case "help":
      process.stdout.write(`${usage()}\n`);
      return;
    case "wrong":
      process.exitCode = misuse([...parsed.problems, "", usage()], parsed.json);
      return;
    case "run":
      exit(await run(parsed.invocation));
  }
}

/** @returns the exit status */
async function run(invocation: Invocation): Promise<number> {
  const { folder, settings, stacks, thresholds: givenThresholds, json, sarif, port } = invocation;
  const folders = foldersOf({
    repository: path.resolve(__dirname, ".."),
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
  const known = await stackNamesIn(folders.project);
  const unknown = stacks.filter((name) => !known.includes(name));
  const thresholds = givenThresholds === undefined ? undefined : path.resolve(givenThresholds);
  const { problems, packsOf } = await readConfigurations(known, thresholds);
  if (unknown.length > 0 || problems.length > 0) {
    return misuse([...unknown.map((name) => noStack(name, known)), ...problems], json);
  }
  const screen = screenOn(process.stderr);
  const interrupt = listenForInterrupts(screen.print);
  try {
    const runs = await runGate({
      folders,
      stackNames: stacks.length === 0 ? known : stacks,
      packsOf,
      port,
      thresholds,
      context: { steps: stepsOn(screen), interrupt },
    });
    const results = runs.map(stackResult);
    if (sarif !== undefined) await writeFile(sarif, `${renderSarif(results)}\n`);
    process.stdout.write(`${json ? renderJson(results) : renderTable(results)}\n`);
    return allPass(results) ? exitStatus.ok : exitStatus.failed;
  } catch (cause) {
    const error = asFailure(cause, folders.local);
    const stopped = interrupt.received();
    const text = stopped === undefined ? explain(error) : "Stopped.";
    screen.print(text);
    if (json) writeError(stopped === undefined ? messageOf(error) : text);
    return stopped === undefined ? exitStatus.failed : (exitStatusOf[stopped] ?? exitStatus.failed);
  } finally {
    interrupt.stopListening();
  }
}

function noStack(name: string, known: readonly string[]): string {
  return `--stack ${name}: the project has no such stack; ${suggestion(name, known, "its stacks")}`;
}

function misuse(problems: readonly string[], json: boolean): number {
  process.stderr.write(`${problems.join("\n")}\n`);
  if (json) writeError(problems.join("\n"));
  return exitStatus.misused;
}

function writeError(error: string): void {
  writeJson({ passed: false, error });
}
