import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { codeOf, Failure } from "../../cli/failure";

const run = promisify(execFile);

/** moto's pinned version needs Python 3.10; the tests run on 3.11 and later. */
const oldest = { major: 3, minor: 11 };

const names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];

const install =
  process.platform === "darwin"
    ? "Install one (brew install python), then run the command again."
    : "Install one (Debian, Ubuntu: sudo apt install python3 python3-venv), then run the command again.";

/**
 * The first Python on PATH that can run the emulator.
 *
 * @throws Failure when there is none, or only older ones; the message names those.
 */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<string> {
  const tooOld: string[] = [];
  for (const name of names) {
    const version = await versionOf(name, environment);
    if (version === undefined) continue;
    if (version.major === oldest.major && version.minor >= oldest.minor) return name;
    tooOld.push(`${name} is ${version.major}.${version.minor}`);
  }
  const needed = `Python ${oldest.major}.${oldest.minor} or later`;
  throw tooOld.length === 0
    ? new Failure(`The emulator needs ${needed}, and there is no Python on PATH.`, install)
    : new Failure(`The emulator needs ${needed}, and ${tooOld.join(", ")}.`, install);
}

async function versionOf(name: string, environment: NodeJS.ProcessEnv) {
  try {
    const { stdout } = await run(name, ["-c", "import sys; print(*sys.version_info[:2])"], {
      env: environment,
    });
    const [, major, minor] = /^(\d+) (\d+)\s*$/.exec(stdout) ?? [];
    return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
  } catch (error) {
    // Missing, or a placeholder of Windows or macOS that only offers to install Python.
    if (codeOf(error) === "ENOENT" || (error instanceof Error && "code" in error)) return undefined;
    throw error;
  }
}
