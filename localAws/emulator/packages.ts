import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { Failure } from "../../cli/failure";
import { machineFailureIn } from "../../cli/machineFailure";

/** Receives a line for each step. */
export type Report = (line: string) => void;

/** Packages to install, and where. */
export interface Installation {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** The file that pins the packages with their hashes. */
  readonly requirements: string;
  /** What the packages are, for messages: `the emulator`. */
  readonly title: string;
  /** The folder that it writes into, for an error of the machine such as a full disk. */
  readonly folder: string;
  readonly report: Report;
  readonly environment: NodeJS.ProcessEnv;
}

/** @throws Failure when the package index cannot be reached, or pip fails */
export async function installPackages(installation: Installation): Promise<void> {
  const { python, requirements, title, folder, report, environment } = installation;
  const pip = ["-m", "pip", "install", "--require-hashes", "--requirement", requirements];
  // Compiling moto's 2,000 modules takes longer than installing it, and a run imports a tenth of them.
  const quick = ["--no-compile", "--prefer-binary", "--no-input", "--progress-bar", "off"];
  const { status, output } = await runToEnd(
    python,
    [...pip, ...quick, "--disable-pip-version-check"],
    environment,
    (line) => {
      const step = pipStep(line);
      if (step !== undefined) report(step);
    },
  );
  if (status !== 0) throw installFailure(title, folder, output);
}

/** The step that a line of pip's reports, if the step is worth showing. */
function pipStep(line: string): string | undefined {
  const [, name, version] = /^Collecting ([\w.-]+)==(\S+)/.exec(line) ?? [];
  if (name !== undefined) return `Downloading ${name} ${version ?? ""}`;
  return line.startsWith("Installing collected packages") ? "Installing the packages" : undefined;
}

const unreachable =
  /NewConnectionError|NameResolutionError|Temporary failure in name resolution|ConnectTimeout|Connection refused|Network is unreachable|ProxyError|SSLError|No matching distribution/;

function installFailure(title: string, folder: string, output: readonly string[]): Failure {
  const text = output.join("\n");
  const ofMachine = machineFailureIn(text, folder);
  if (ofMachine !== undefined) return ofMachine;
  if (unreachable.test(text)) {
    return new Failure(
      `The packages of ${title} could not be downloaded from the Python package index.`,
      "Check the network, and HTTPS_PROXY or PIP_INDEX_URL if you need them, then run the command again.",
    );
  }
  return new Failure(
    `pip could not install ${title}: ${output.slice(-5).join(" | ")}`,
    "Fix this error, then run the command again.",
  );
}

export interface Ended {
  readonly status: number | null;
  /** The lines of both streams, in order. */
  readonly output: readonly string[];
}

export function runToEnd(
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
