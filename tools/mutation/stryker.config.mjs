import { readFileSync } from "node:fs";

/**
 * The parts: the mutated files, and the tests that must kill the mutants. A part has only quick tests: none runs the
 * whole program or needs the emulator. The tests' paths have no braces, because Stryker splits them at commas.
 *
 * @type {Readonly<Record<string, { readonly mutate: string[], readonly tests: string[] }>>}
 */
const parts = JSON.parse(readFileSync(new URL("parts.json", import.meta.url), "utf8"));

/** The part of this run: `npm run test:mutation` sets it. */
const part = process.env["MUTATION_PART"] ?? "";
if (!Object.hasOwn(parts, part)) {
  throw new TypeError(`MUTATION_PART is "${part}"; allowed: ${Object.keys(parts).join(", ")}`);
}
const { mutate, tests } = parts[part];
const kept = ".local/mutation";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate,
  plugins: ["@stryker-mutator/mocha-runner"],
  testRunner: "mocha",
  mochaOptions: { config: ".mocharc.cjs", spec: tests },
  coverageAnalysis: "perTest",
  // A static mutant, such as the text of a rule, needs a new process and every test: hours for the texts alone.
  ignoreStatic: true,
  concurrency: Number(process.env["MUTATION_CONCURRENCY"] ?? 2),
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 60,
  ignorePatterns: ["/.local", "/.github", "/bench", "node_modules"],
  tempDirName: `${kept}/sandbox-${part}`,
  // Stryker tests again only what has changed since the last run.
  incremental: true,
  incrementalFile: `${kept}/${part}.incremental.json`,
  reporters: ["progress-append-only", "html", "json"],
  htmlReporter: { fileName: `${kept}/${part}.html` },
  jsonReporter: { fileName: `${kept}/${part}.json` },
  // main.ts checks the score of all parts together.
  thresholds: { high: 95, low: 90, break: null },
};
