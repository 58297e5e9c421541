/**
 * `npm run test:changes`: changes every setting on a live stack, and back. It skips what passed with the same sources,
 * so that an interrupted run resumes; see README.md.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

import { messageOf } from "../../cli/failure";
import { allCases, type Case } from "./cases";
import { openLiveStack } from "./liveStack";
import { matrixOn, unprovenOf, type CaseResult } from "./matrix";
import { localSettings } from "./settings";
import { sourcesHash } from "./sources";

const recordFile = path.resolve(__dirname, "../../.local/changes/passed.json");
const recordSchema = z.object({ sources: z.string(), passed: z.array(z.string()) });

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, full: { type: "boolean", default: false } },
  });
  const sources = await sourcesHash();
  const passed = values.full ? new Set<string>() : await readPassed(sources);
  const base = localSettings();
  const wanted = allCases(base).filter(
    ({ setting }) =>
      values.only === undefined || values.only.split(",").some((only) => setting.startsWith(only)),
  );
  const settings = [...new Set(wanted.map(({ setting }) => setting))];
  if (settings.length === 0) throw new Error(`--only ${values.only ?? ""}: there is no such setting`);

  const live = await openLiveStack("changes");
  const { run } = matrixOn(live, base);
  let failures = 0;
  try {
    for (const setting of settings) {
      if (passed.has(setting)) {
        console.log(`skipped  ${setting} (passed before; -- --full repeats it)`);
        continue;
      }
      const cases = wanted.filter((each) => each.setting === setting);
      const results = await inTurn(cases, run);
      const problems = [
        ...results.flatMap((result) => result.problems.map((problem) => `${result.case.name}: ${problem}`)),
        ...(results.some((result) => result.problems.length > 0) ? [] : unprovenOf(setting, results)),
      ];
      console.log(`${problems.length === 0 ? "passed " : "FAILED "}  ${setting} (${cases.length} changes)`);
      for (const problem of problems) console.log(`           ${problem}`);
      if (problems.length === 0) await keep(sources, passed.add(setting));
      else failures += 1;
    }
  } finally {
    await live.close();
  }
  console.log(`${settings.length - failures} of ${settings.length} settings change as they state`);
  return failures === 0 ? 0 : 1;
}

async function inTurn(
  cases: readonly Case[],
  run: (each: Case) => Promise<CaseResult>,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const each of cases) {
    try {
      const started = performance.now();
      results.push(await run(each));
      if (process.env["CHANGES_VERBOSE"] === "1") {
        console.log(`           ${each.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
      }
    } catch (error) {
      results.push({ case: each, problems: [messageOf(error)], outcomes: [] });
    }
  }
  return results;
}

async function readPassed(sources: string): Promise<Set<string>> {
  const text = await readFile(recordFile, "utf8").catch(() => "{}");
  const record = recordSchema.safeParse(JSON.parse(text));
  return new Set(record.success && record.data.sources === sources ? record.data.passed : []);
}

async function keep(sources: string, passed: ReadonlySet<string>): Promise<void> {
  await mkdir(path.dirname(recordFile), { recursive: true });
  await writeFile(recordFile, JSON.stringify({ sources, passed: [...passed] }));
}

void main().then((status) => {
  process.exitCode = status;
});
