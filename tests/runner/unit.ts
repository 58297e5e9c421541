/**
 * `npm run test:unit [-- FILE …]`: every spec file without the emulator, the engine or servers. They are many and short, so
 * mocha runs them in a few processes; a file that fails runs once more, alone.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { repository, repositoryFiles } from "../support/repositoryFiles";
import { exitWith } from "./exit";
import { runAgain } from "./specFiles";

const mocha = require.resolve("mocha/bin/mocha.js");
const reporter = path.join(__dirname, "failedFiles.cjs");

async function main(given: readonly string[]): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "unit-"));
  try {
    const failedFiles = path.join(folder, "failed");
    const words = ["--parallel", "--jobs", "2", "--reporter", reporter];
    const child = spawn(process.execPath, [mocha, ...words, ...(given.length === 0 ? specs() : given)], {
      cwd: repository,
      env: { ...process.env, WORDPRESS_ON_AWS_FAILED_FILES: failedFiles },
      stdio: ["ignore", "inherit", "inherit"],
    });
    await once(child, "close");
    if (child.exitCode === 0) return 0;
    const failed = existsSync(failedFiles)
      ? (await readFile(failedFiles, "utf8")).split("\n").slice(0, -1)
      : [];
    const { onlyAlone } = await runAgain(failed.map((file) => path.relative(repository, file)));
    return failed.length > 0 && onlyAlone.length === failed.length ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function specs(): readonly string[] {
  return repositoryFiles("tests").filter(
    (file) => file.endsWith(".spec.ts") && !/\.(engine|emulator|live)\.spec\.ts$/.test(file),
  );
}

exitWith(main(process.argv.slice(2)));
