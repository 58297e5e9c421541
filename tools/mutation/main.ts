import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { figuresOf, renderFigures, reportSchema, scoreOf } from "./figures";
import parts from "./parts.json";

/** The required share of killed mutants, in percent. */
const wanted = 90;

const repository = path.resolve(__dirname, "../..");
const allParts = Object.keys(parts);

/** `npm run test:mutation [-- PART …]`: mutates, then checks the total of all parts, those of earlier runs included. */
async function main(words: readonly string[]): Promise<void> {
  const unknown = words.filter((word) => !allParts.includes(word));
  if (unknown.length > 0) {
    process.stderr.write(`unknown: ${unknown.join(", ")}; the parts are ${allParts.join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  if (!existsSync(path.join(__dirname, "node_modules"))) {
    await run("npm", ["ci", "--no-audit", "--no-fund"], __dirname, process.env);
  }
  const stryker = path.join(__dirname, "node_modules", ".bin", "stryker");
  const config = path.join("tools", "mutation", "stryker.config.mjs");
  for (const part of words.length === 0 ? allParts : words) {
    await run(stryker, ["run", config], repository, { ...process.env, MUTATION_PART: part });
  }
  const reports = [];
  for (const part of allParts) {
    const file = path.join(repository, ".local", "mutation", `${part}.json`);
    if (existsSync(file)) reports.push(reportSchema.parse(JSON.parse(await readFile(file, "utf8"))));
  }
  const figures = figuresOf(reports);
  process.stdout.write(`\n${renderFigures(figures)}\n`);
  const score = Math.min(...figures.slice(-1).map(scoreOf));
  if (score >= wanted) return;
  process.stdout.write(
    `Too few mutants are killed: at least ${wanted} % are required. The survivors are in .local/mutation/*.html\n`,
  );
  process.exitCode = 1;
}

/** @throws Error when the command fails; its output is shown as it arrives. */
async function run(
  command: string,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = spawn(command, words, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
  await once(child, "close");
  if (child.exitCode !== 0)
    throw new Error(`${command} ${words.join(" ")} ended with ${child.exitCode ?? "a signal"}`);
}

void main(process.argv.slice(2));
