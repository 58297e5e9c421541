import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { figuresOf, renderFigures, scoreOf } from "./figures";
import parts from "./parts.json";
import { reportSchema } from "./report";
import { survivorLines } from "./survivors";

/** The required share of killed mutants, in percent. */
const wanted = 90;

const repository = path.resolve(__dirname, "../..");
const allParts = Object.keys(parts);

/**
 * `npm run test:mutation [-- PART …]`: mutates, then checks the total of all parts, those of earlier runs included.
 * With `--survivors`: lists the surviving mutants of earlier runs.
 */
async function main(words: readonly string[]): Promise<void> {
  const option = "--survivors";
  const named = words.filter((word) => word !== option);
  const unknown = named.filter((word) => !allParts.includes(word));
  if (unknown.length > 0) {
    process.stderr.write(
      `unknown: ${unknown.join(", ")}; allowed are ${option} and the parts ${allParts.join(", ")}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = named.length === 0 ? allParts : named;
  if (words.includes(option)) {
    process.stdout.write(
      survivorLines(await reportsOf(chosen))
        .map((line) => `${line}\n`)
        .join(""),
    );
    return;
  }
  await mutate(chosen);
  const figures = figuresOf(await reportsOf(allParts));
  process.stdout.write(`\n${renderFigures(figures)}\n`);
  const score = Math.min(...figures.slice(-1).map(scoreOf));
  if (score >= wanted) return;
  process.stdout.write(
    `Too few mutants are killed: at least ${String(wanted)} % are required. The survivors are in .local/mutation/*.html; ` +
      `${option} lists them.\n`,
  );
  process.exitCode = 1;
}

async function mutate(chosen: readonly string[]): Promise<void> {
  if (!existsSync(path.join(__dirname, "node_modules"))) {
    await run("npm", ["ci", "--no-audit", "--no-fund"], __dirname, process.env);
  }
  const stryker = path.join(__dirname, "node_modules", ".bin", "stryker");
  const config = path.join("tools", "mutation", "stryker.config.mjs");
  for (const part of chosen) {
    await run(stryker, ["run", config], repository, { ...process.env, MUTATION_PART: part });
  }
}

/** The last report of each part that has one. */
async function reportsOf(chosen: readonly string[]) {
  const files = chosen
    .map((part) => path.join(repository, ".local", "mutation", `${part}.json`))
    .filter((file) => existsSync(file));
  return await Promise.all(
    files.map(async (file) => reportSchema.parse(JSON.parse(await readFile(file, "utf8")))),
  );
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
