import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { watchProcesses } from "../../bench/processes";
import { sharedCache } from "../../cli/sharedCache";
import { findPulumi } from "../../engine/pulumiCli/command";
import { startOfficialCli } from "../../local/officialCli/start";
import { startTestEmulator, type TestEmulator } from "./emulator";

const repository = path.resolve(__dirname, "../..");

/** The result of a command. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
  /** CPU time of the command and its child processes; 0 except on Linux. */
  readonly cpuSeconds: number;
}

/** A user's working copy for Pulumi's official CLI, with an emulator instead of AWS. */
export interface CliProject {
  readonly folder: string;
  readonly emulator: TestEmulator;
  /** Runs `pulumi` in the project's folder, or in another one. */
  readonly pulumi: (words: readonly string[], folder?: string) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

/** Folders that a fresh checkout does not contain. */
const generated: ReadonlySet<string> = new Set([".git", ".local", "node_modules"]);

/** @param options.packages whether the packages are installed. */
export async function openCliProject(
  accountId: string,
  { packages = true }: { readonly packages?: boolean } = {},
): Promise<CliProject> {
  const parent = await mkdtemp(path.join(tmpdir(), "official-cli-"));
  const folder = path.join(parent, "wordpress");
  await copyCheckout(repository, folder);
  if (packages) await installPackages(folder);
  const emulator = await startTestEmulator();
  const steps = { run: <T>(_: string, work: (say: () => void) => Promise<T>) => work(() => undefined) };
  const { command } = await findPulumi(sharedCache(process.env), steps);
  const cli = await startOfficialCli({
    home: path.join(parent, "home"),
    endpoint: emulator.endpoint,
    accountId,
  });
  const environment = {
    ...cli.environment,
    // The engine starts the golden image's provider, from the folder in Pulumi.yaml.
    PULUMI_DEBUG_PROVIDERS: withoutGoldenImage(cli.environment["PULUMI_DEBUG_PROVIDERS"] ?? ""),
    PULUMI_BACKEND_URL: `file://${parent}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: accountId,
    AWS_SECRET_ACCESS_KEY: "any",
  };
  return {
    folder,
    emulator,
    pulumi: (words, from = folder) =>
      run(command, [...words, "--non-interactive", "--color", "never"], from, environment),
    close: async () => {
      cli.close();
      await emulator.stop();
      await rm(parent, { recursive: true });
    },
  };
}

async function copyCheckout(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (source) => !generated.has(path.basename(source)) });
}

/** Links the packages, which is faster than `npm ci`. */
export async function installPackages(folder: string): Promise<void> {
  await symlink(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
}

function withoutGoldenImage(providers: string): string {
  return providers
    .split(",")
    .filter((provider) => !provider.startsWith("golden-image:"))
    .join(",");
}

async function run(
  command: string,
  words: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  // The program is a child of the language host, which this process has started.
  const watch = process.platform === "linux" ? watchProcesses(process.pid, []) : undefined;
  const child = spawn(command, words, { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const usage = await watch?.stop();
  return { status, output, cpuSeconds: usage?.cpuSeconds ?? 0 };
}

/** Pulumi's output below "Diagnostics:"; empty if there is none. */
export function diagnosticsOf({ output }: Ended): string {
  const [, diagnostics = ""] =
    /^Diagnostics:\n(.*?)^(?:Outputs|Policies|Resources|Duration)/ms.exec(output) ?? [];
  return stripVTControlCharacters(diagnostics).trimEnd();
}
