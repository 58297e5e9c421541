import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { parseCommandLine, type Request } from "./commandLine";
import { figuresOf, renderFigures, scoreOf } from "./figures";
import parts from "./parts.json";
import { reportSchema } from "./report";
import { survivorLines } from "./survivors";

/** The required shares of killed mutants, in percent: of the policies, and of all. */
const wanted = { policies: 93, all: 90 };

const repository = path.resolve(__dirname, "../..");
const allParts = Object.keys(parts);

/**
 * `npm run test:mutation [-- PART … [FILE …]]`: mutates, then checks the totals of all parts, those of earlier runs
 * included. With `--survivors`: lists the surviving mutants of earlier runs.
 */
async function main(words: readonly string[]): Promise<void> {
  const request = requestOf(words);
  if (request === undefined) return;
  if (request.survivors) {
    const lines = survivorLines((await reportsOf(request.parts)).map(({ report }) => report));
    const shown = lines.filter((line) => isOf(request.files, line));
    process.stdout.write(shown.map((line) => `${line}\n`).join(""));
    return;
  }
  await mutate(request);
  const figures = figuresOf(await reportsOf(allParts));
  process.stdout.write(`\n${renderFigures(figures)}\n`);
  const low = Object.entries(wanted).filter(([name, share]) =>
    figures.some((each) => each.name === name && scoreOf(each) < share),
  );
  if (low.length === 0) return;
  process.stdout.write(
    `Too few mutants are killed: at least ${low.map(([name, share]) => `${String(share)} % of ${name}`).join(", ")} ` +
      "are required. The survivors are in .local/mutation/*.html; --survivors lists them.\n",
  );
  process.exitCode = 1;
}

function requestOf(words: readonly string[]): Request | undefined {
  try {
    return parseCommandLine(words, allParts);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

function isOf(files: readonly string[], line: string): boolean {
  return files.length === 0 || files.some((file) => line.startsWith(`${file}:`));
}

async function mutate({ parts: chosen, files }: Request): Promise<void> {
  if (!existsSync(path.join(__dirname, "node_modules"))) {
    await run("npm", ["ci", "--no-audit", "--no-fund"], __dirname, process.env);
  }
  const stryker = path.join(__dirname, "node_modules", ".bin", "stryker");
  const config = path.join("tools", "mutation", "stryker.config.mjs");
  const only = files.length === 0 ? [] : ["--mutate", files.join(",")];
  for (const part of chosen) {
    await run(stryker, ["run", config, ...only], repository, { ...process.env, MUTATION_PART: part });
  }
}

/** The last report of each part that has one. */
async function reportsOf(chosen: readonly string[]) {
  const files = chosen
    .map((part) => ({ part, file: path.join(repository, ".local", "mutation", `${part}.json`) }))
    .filter(({ file }) => existsSync(file));
  return await Promise.all(
    files.map(async ({ part, file }) => ({
      part,
      report: reportSchema.parse(JSON.parse(await readFile(file, "utf8"))),
    })),
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
