import { writeFile } from "node:fs/promises";
import path from "node:path";

import { exitStatus } from "../cli/commandProcess";
import { Misuse } from "../cli/failure";
import type { Tools } from "../cli/runCommand";
import { foldersOf, type Folders } from "../engine/folders";
import { violationsIn } from "../policies/baseline/baseline";
import { writeBaseline } from "../policies/baseline/file";
import { packs } from "../policies/packs";
import { jsonReport } from "../policies/report/json";
import { allPass, stackResult, type PolicyRun } from "../policies/report/results";
import { renderSarif } from "../policies/report/sarif";
import { renderTable } from "../policies/report/table";
import { selectedFrom, selectionProblems } from "../policies/selection";
import { suggestion } from "../policies/support/suggestion";
import type { Invocation, Running } from "./commandLine";
import { explain } from "./explain";
import { runGate } from "./gate";
import { isRevision } from "./price/revision";
import { readRunFiles } from "./runFiles";
import { stackNamesIn } from "./stackNames";
import { chosen, judgeStates } from "./states/judge";
import { openStates } from "./states/open";

/**
 * Judges the stacks by their packs, and prints the results.
 *
 * @returns the exit status
 * @throws Misuse when a stack does not exist, or a file that configures the run is wrong
 */
export async function perform(invocation: Invocation, tools: Tools): Promise<number> {
  if (invocation.explain !== undefined) return explain(invocation.explain, invocation, tools);
  const { stacks, selection, sarif, port, running } = invocation;
  const folders = foldersFor(invocation);
  const shipped = await stackNamesIn(folders.project);
  const subject =
    running === undefined ? undefined : await openStates(running, { folders, port, context: tools });
  const known = subject?.states.names ?? shipped;
  const unknown = stacks.filter((name) => !known.includes(name));
  const { problems, packsOf, review, ...files } = await readRunFiles(invocation, [
    ...new Set([...shipped, ...known]),
  ]);
  const wrong = [
    ...unknown.map((name) => noStack(name, known, running)),
    ...selectionProblems(
      selection,
      packs.flatMap(({ rules }) => rules),
    ),
    ...problems,
    ...(await revisionProblems(invocation.compare, folders.project)),
  ];
  if (wrong.length > 0) throw new Misuse(wrong);
  const about = {
    folders,
    packsOf: (stackName: string) => selectedFrom(packsOf(stackName), selection),
    ...files,
    context: tools,
  };
  const runs =
    subject === undefined
      ? await runGate({ ...about, port, stackNames: stacks.length === 0 ? known : stacks })
      : await judgeStates({ ...about, ...subject, stackNames: chosen(stacks, subject.states) });
  const judged = await Promise.all(
    runs.map(async (run) =>
      stackResult({ ...run, price: await priceOf(run, folders.project, invocation.compare) }),
    ),
  );
  if (invocation.writeBaseline !== undefined) {
    await writeBaseline(invocation.writeBaseline, violationsIn(judged));
  }
  const { results, notes } = review(judged);
  if (sarif !== undefined) await writeFile(sarif, `${renderSarif(results, notes)}\n`);
  tools.learn(jsonReport(results, notes));
  tools.conclude(renderTable(results, notes));
  return allPass(results, notes) ? exitStatus.ok : exitStatus.failed;
}

/** The price after the change: of a running stack compared with what is deployed, else with a commit. */
async function priceOf(
  { stack, subject, deployedDollarsPerMonth: deployed }: PolicyRun,
  project: string,
  compare = "HEAD",
) {
  // The settings' schema takes long to load; the previews load it in any case.
  const { stackPrice } = await import("./price/price.ts");
  return stackPrice(project, stack, subject === "preview" ? { revision: compare } : { deployed });
}

/** The folders that the gate reads and writes. */
export function foldersFor({ folder, settings }: Invocation): Folders {
  return foldersOf({
    repository: path.resolve(__dirname, ".."),
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
}

function noStack(name: string, known: readonly string[], running: Running | undefined): string {
  if (running === undefined) {
    return `--stack ${name}: the project has no such stack; ${suggestion(name, known, "its stacks")}`;
  }
  const hint = known.length === 0 ? "there is none" : suggestion(name, known, "the stacks with a state");
  return `--stack ${name}: no such stack has a state here; ${hint}`;
}

async function revisionProblems(compare: string | undefined, project: string): Promise<readonly string[]> {
  if (compare === undefined || (await isRevision(compare, project))) return [];
  return [`--compare ${compare}: Git has no such revision in ${project}; name a commit, a branch or a tag`];
}
