import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

import { codeOf, Failure } from "../../cli/failure";
import { waitForLock } from "../../cli/lock";
import { machineFailureIn } from "../../cli/machineFailure";
import { defaultFolder, sources } from "./layout";
import { findPython } from "./python";

/** Receives a line for each step. */
export type Report = (line: string) => void;

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
  const packages = createHash("sha256")
    .update(await readFile(sources.requirements))
    .digest("hex");
  const venv = path.join(folder, `venv-${packages.slice(0, 12)}`);
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
  await installPackages(aside, report, environment);
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

async function installPackages(venv: string, report: Report, environment: NodeJS.ProcessEnv): Promise<void> {
  const pip = ["-m", "pip", "install", "--require-hashes", "--requirement", sources.requirements];
  // Compiling moto's 2,000 modules takes longer than installing it, and a run imports a tenth of them.
  const quick = ["--no-compile", "--prefer-binary", "--no-input", "--progress-bar", "off"];
  const { status, output } = await runToEnd(
    pythonOf(venv),
    [...pip, ...quick, "--disable-pip-version-check"],
    environment,
    (line) => {
      const step = pipStep(line);
      if (step !== undefined) report(step);
    },
  );
  if (status === 0) return;
  await rm(venv, { recursive: true, force: true });
  throw installFailure(output, path.dirname(venv));
}

/** The step that a line of pip's reports, if the step is worth showing. */
function pipStep(line: string): string | undefined {
  const [, name, version] = /^Collecting ([\w.-]+)==(\S+)/.exec(line) ?? [];
  if (name !== undefined) return `Downloading ${name} ${version ?? ""}`;
  return line.startsWith("Installing collected packages") ? "Installing the packages" : undefined;
}

const unreachable =
  /NewConnectionError|NameResolutionError|Temporary failure in name resolution|ConnectTimeout|Connection refused|Network is unreachable|ProxyError|SSLError|No matching distribution/;

function installFailure(output: readonly string[], folder: string): Failure {
  const text = output.join("\n");
  const ofMachine = machineFailureIn(text, folder);
  if (ofMachine !== undefined) return ofMachine;
  if (unreachable.test(text)) {
    return new Failure(
      "The emulator's packages could not be downloaded from the Python package index.",
      "Check the network, and HTTPS_PROXY or PIP_INDEX_URL if you need them, then run the command again.",
    );
  }
  return new Failure(
    `pip could not install the emulator: ${output.slice(-5).join(" | ")}`,
    "Fix this error, then run the command again.",
  );
}

interface Ended {
  readonly status: number | null;
  /** The lines of both streams, in order. */
  readonly output: readonly string[];
}

function runToEnd(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  onLine: Report = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on("line", (line) => {
        output.push(line);
        onLine(line);
      });
    }
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, output });
    });
  });
}

function pythonOf(venv: string): string {
  return process.platform === "win32"
    ? path.join(venv, "Scripts", "python.exe")
    : path.join(venv, "bin", "python");
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
