import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { codeOf, Failure } from "../../cli/failure";

const run = promisify(execFile);

/** The oldest Python that moto's pinned version runs on is 3.10; 3.11 is the oldest that we test. */
const oldest = { major: 3, minor: 11 };

const names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];

const install =
  process.platform === "darwin"
    ? "Install one (brew install python), then run this again."
    : "Install one (Debian, Ubuntu: sudo apt install python3 python3-venv), then run this again.";

/**
 * The first Python on PATH that the emulator can run on.
 *
 * @throws Failure when there is none, or only older ones, naming what was found.
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
    // Not there, or (Windows' and macOS' stand-ins) there but no Python.
    if (codeOf(error) === "ENOENT" || (error instanceof Error && "code" in error)) return undefined;
    throw error;
  }
}
