import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { emulatorFolder } from "../../engine/folders";
import { awsCliEnvironment, ensureAwsCli } from "../../localAws/emulator";
import type { AwsTarget } from "../../localAws/providers/aws/clients";
import type { LocalRun } from "../support/localRun";
import { repository } from "../support/repositoryFiles";

/** What a line of a document prints in a shell, on one line, without the lines of tables. `bin` is first on PATH. */
export async function runLine(line: string, bin: string): Promise<string> {
  return (await resultOf(line, bin)).text;
}

/** The same, with the exit status. */
export async function resultOf(
  line: string,
  bin: string,
): Promise<{ readonly status: number | string; readonly text: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` };
    execFile("bash", ["-c", line], { cwd: repository, env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : (error.code ?? "killed");
      resolve({ status, text: `${stdout}${stderr}`.replaceAll(/[|\s]+/g, " ") });
    });
  });
}

/** The words that run a command of this repository with the options of a test. */
function wordsOf(main: string, options: readonly string[]): string {
  const own = [process.execPath, "--require", path.join(repository, "nodeHooks/register.cjs")];
  return [...own, path.join(repository, main), ...options].map(quoted).join(" ");
}

/** The words that run `npm run local`. */
const localWords = ({ options }: LocalRun) => wordsOf("local/main.ts", options);

/** A folder with an `npm` that gives `npm run local` the options of the test. */
export async function writeNpm(local: LocalRun): Promise<string> {
  const npm = path.join(path.dirname(process.execPath), "npm");
  await writeProgram(
    path.join(local.folders.project, "npm"),
    `[ "$2" = -s ] && set -- "$1" "\${@:3}"\n` +
      `[ "$2" = local ] && exec ${localWords(local)} "\${@:4}"\nexec '${npm}' "$@"\n`,
  );
  return local.folders.project;
}

/**
 * A folder with an `aws`, a `pulumi` and an `npm run site` that run on the test's stack `local`: the commands for AWS,
 * unchanged. `aws` starts the AWS CLI itself: `npm run local` would double the time of each command.
 */
export async function writeClis(local: LocalRun, target: AwsTarget): Promise<string> {
  const bin = path.join(local.folders.project, "bin");
  await mkdir(bin, { recursive: true });
  const cli = await ensureAwsCli({ report: () => undefined, folder: emulatorFolder(local.folders) });
  const variables = Object.entries(awsCliEnvironment({}, target)).map(
    ([name, value]) => `export ${name}=${quoted(value ?? "")}`,
  );
  const words = [cli.command, ...cli.words, "--endpoint-url", target.endpoint].map(quoted).join(" ");
  await writeProgram(path.join(bin, "aws"), `${variables.join("\n")}\nexec ${words} "$@"\n`);
  // `npm run local` looks for the real program on PATH, and must not find this one: they would call each other for ever.
  await writeProgram(
    path.join(bin, "pulumi"),
    `export PATH='${process.env["PATH"] ?? ""}'\nexec ${localWords(local)} pulumi "$@"\n`,
  );
  const site = wordsOf("siteCommands/main.ts", [
    ...["--local", "--folder", local.folders.local, "--settings", local.folders.project],
  ]);
  await writeProgram(path.join(bin, "npm"), `[ "$2" = site ] && exec ${site} "\${@:4}"\nexit 127\n`);
  return bin;
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

async function writeProgram(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/bash\n${script}`);
  await chmod(file, 0o755);
}
