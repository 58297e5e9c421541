import { readFileSync } from "node:fs";

/**
 * The parts: what is mutated, and by which tests its mutants are to be killed. A part has only tests that are
 * quick, so none that runs the whole program or needs the emulator. No braces in the tests' paths: they are taken
 * apart at their commas.
 *
 * @type {Readonly<Record<string, { readonly mutate: string[], readonly tests: string[] }>>}
 */
const parts = JSON.parse(readFileSync(new URL("parts.json", import.meta.url), "utf8"));

/** The one of this run: `npm run test:mutation` sets it. */
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
  concurrency: Number(process.env["MUTATION_CONCURRENCY"] ?? 2),
  timeoutMS: 6_000,
  ignorePatterns: ["/.local", "/.github", "/bench", "node_modules"],
  tempDirName: `${kept}/sandbox-${part}`,
  // Only what has changed since the last run is tried again.
  incremental: true,
  incrementalFile: `${kept}/${part}.incremental.json`,
  reporters: ["progress-append-only", "html", "json"],
  htmlReporter: { fileName: `${kept}/${part}.html` },
  jsonReporter: { fileName: `${kept}/${part}.json` },
  // All parts together are judged, by main.ts.
  thresholds: { high: 95, low: 90, break: null },
};
