import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { waitForLock } from "../../cli/lock";
import { machineFailureIn } from "../../cli/machineFailure";
import { defaultFolder, sources } from "./layout";
import { installPackages, runToEnd, type Report } from "./packages";
import { findPython } from "./python";

export interface EnvironmentOptions {
  readonly report: Report;
  /** The folder of the environments, one for each list of packages. Default: `.local/emulator`. */
  readonly folder?: string;
  /** The environment variables with `PATH`, proxies and the package index. Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The Python that runs the emulator, in its own virtual environment with exactly the packages of
 * `requirements.txt`. The first call creates it (15 s, 60 MB); later calls find it at once. It is built in another
 * folder and moved when complete, so it is never incomplete.
 *
 * @throws Failure when Python, its venv module or the package index is missing, or when Python is too old.
 */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<string> {
  const { report, folder = defaultFolder, environment = process.env } = options;
  const venv = path.join(folder, `venv-${await digestOf(sources.requirements)}`);
  if (await exists(pythonOf(venv))) {
    await removeFolderLink(venv);
    return pythonOf(venv);
  }

  await mkdir(folder, { recursive: true });
  const lock = await waitForLock(`${venv}.lock`, "installs the emulator", (holder) => {
    report(`Process ${holder.pid} ${holder.doing}; waiting for it`);
  });
  try {
    if (!(await exists(pythonOf(venv)))) await build(venv, report, environment);
  } finally {
    await lock.release();
  }
  return pythonOf(venv);
}

async function build(venv: string, report: Report, environment: NodeJS.ProcessEnv): Promise<void> {
  const python = await findPython(environment);
  const aside = `${venv}.new`;
  await rm(aside, { recursive: true, force: true });
  report(`Creating a virtual environment with ${python}`);
  await createVenv(python, aside, environment);
  try {
    await installPackages({
      python: pythonOf(aside),
      requirements: sources.requirements,
      title: "the emulator",
      folder: path.dirname(aside),
      report,
      environment,
    });
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
  await removeFolderLink(aside);
  // One whose Python has gone, as after an update of the system, may be there.
  await rm(venv, { recursive: true, force: true });
  await rename(aside, venv);
}

/**
 * Removes `lib64`, a link to `lib` that Python creates and does not need. `pulumi new` copies the whole folder and fails
 * on a link to a folder.
 */
async function removeFolderLink(venv: string): Promise<void> {
  await rm(path.join(venv, "lib64"), { force: true });
}

async function createVenv(python: string, venv: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const { status, output } = await runToEnd(python, ["-m", "venv", venv], environment);
  if (status === 0) return;
  await rm(venv, { recursive: true, force: true });
  const text = output.join("\n");
  const ofMachine = machineFailureIn(text, path.dirname(venv));
  if (ofMachine !== undefined) throw ofMachine;
  if (/ensurepip|No module named venv/.test(text)) {
    throw new Failure(
      `${python} has no venv module.`,
      "Install it (Debian, Ubuntu: sudo apt install python3-venv), then run the command again.",
    );
  }
  throw new Failure(
    `${python} could not create a virtual environment: ${text}`,
    "Fix this error, then run the command again.",
  );
}

function pythonOf(venv: string): string {
  return process.platform === "win32"
    ? path.join(venv, "Scripts", "python.exe")
    : path.join(venv, "bin", "python");
}

export async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** Another list of packages is another environment. */
export async function digestOf(requirements: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex")
    .slice(0, 12);
}
