import { writeFile } from "node:fs/promises";
import path from "node:path";

import { exitStatus } from "../cli/commandProcess";
import { Misuse } from "../cli/failure";
import type { Tools } from "../cli/runCommand";
import { foldersOf, type Folders } from "../engine/folders";
import { readConfigurations } from "../policies/configuration/folder";
import { packs } from "../policies/packs";
import { jsonReport } from "../policies/report/json";
import { allPass, stackResult } from "../policies/report/results";
import { renderSarif } from "../policies/report/sarif";
import { renderTable } from "../policies/report/table";
import { selectedFrom, selectionProblems } from "../policies/selection";
import { suggestion } from "../policies/support/suggestion";
import type { Invocation } from "./commandLine";
import { runGate } from "./gate";
import { stackNamesIn } from "./stackNames";

/**
 * Previews the stacks under their packs, and prints the results.
 *
 * @returns the exit status
 * @throws Misuse when a stack does not exist or thresholds are wrong
 */
export async function perform(invocation: Invocation, tools: Tools): Promise<number> {
  const { stacks, selection, sarif, port } = invocation;
  const folders = foldersFor(invocation);
  const known = await stackNamesIn(folders.project);
  const unknown = stacks.filter((name) => !known.includes(name));
  const thresholds = invocation.thresholds === undefined ? undefined : path.resolve(invocation.thresholds);
  const { problems, packsOf } = await readConfigurations(known, thresholds);
  const wrong = [
    ...unknown.map((name) => noStack(name, known)),
    ...selectionProblems(
      selection,
      packs.flatMap(({ rules }) => rules),
    ),
    ...problems,
  ];
  if (wrong.length > 0) throw new Misuse(wrong);
  const runs = await runGate({
    folders,
    stackNames: stacks.length === 0 ? known : stacks,
    packsOf: (stackName) => selectedFrom(packsOf(stackName), selection),
    port,
    thresholds,
    context: tools,
  });
  const results = runs.map(stackResult);
  if (sarif !== undefined) await writeFile(sarif, `${renderSarif(results)}\n`);
  tools.learn(jsonReport(results));
  tools.conclude(renderTable(results));
  return allPass(results) ? exitStatus.ok : exitStatus.failed;
}

/** The folders that the gate reads and writes. */
export function foldersFor({ folder, settings }: Invocation): Folders {
  return foldersOf({
    repository: path.resolve(__dirname, ".."),
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
}

function noStack(name: string, known: readonly string[]): string {
  return `--stack ${name}: the project has no such stack; ${suggestion(name, known, "its stacks")}`;
}
