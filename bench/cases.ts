import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import type { Case } from "./measure";
import { makeProject } from "./projects";
import { nodeHooks, repository, type Workplace } from "./workplace";

const run = promisify(execFile);

/** The names of the measured commands in the table and in the goals. */
export const names = {
  empty: "an empty program, preview",
  ours: "ours, preview",
  oursUnchanged: "ours, preview with no change",
  oursUp: "ours, up with no change",
  allPacks: "ours, preview under all policy packs",
  noPacks: "ours, preview under no packs",
  official: "ours with the official CLI, preview",
  /** As in CI, in a new container, or after a change: ts-node checks each new source. */
  stock: "stock TypeScript set-up, preview",
  stockAgain: "stock set-up, preview, no file edited since",
  cdk: "CDK + cdk-nag through ts-node, synth",
  cdkBuilt: "CDK + cdk-nag as JavaScript, synth",
} as const;

/** This repository's own command. */
export function ours(name: string, workplace: Workplace, words: readonly string[]): Case {
  return {
    name,
    command: process.execPath,
    arguments: [
      ...["--require", nodeHooks],
      path.join(repository, "local", "main.ts"),
      ...words,
      ...["--folder", workplace.localFolder],
    ],
    workingDirectory: repository,
    // Machines that boot would disturb the measurement; `live` measures them.
    environment: { ...process.env, WORDPRESS_ON_AWS_MODE: "recorded" },
  };
}

/** The same preview under all packs or no packs. */
function underPacks(name: string, { localFolder }: Workplace, which: "all" | "none"): Case {
  return {
    name,
    command: process.execPath,
    arguments: [
      ...["--require", nodeHooks],
      path.join(repository, "bench", "underPacks.ts"),
      ...[which, localFolder],
    ],
    workingDirectory: repository,
    environment: process.env,
  };
}

/** `pulumi preview` of a separate project. */
async function officialCli(
  name: string,
  workplace: Workplace,
  project: "empty" | "official" | "stock",
  words: readonly string[],
): Promise<Case> {
  const workingDirectory = await makeProject(workplace.folder, project);
  const environment = { ...workplace.environment, PULUMI_BACKEND_URL: `file://${workingDirectory}` };
  await run(workplace.pulumi, ["stack", "init", "local"], { cwd: workingDirectory, env: environment });
  return {
    name,
    command: workplace.pulumi,
    arguments: ["preview", "--stack", "local", "--non-interactive", ...words],
    workingDirectory,
    environment,
  };
}

function cdk(name: string, workplace: Workplace, command: string, words: readonly string[]): Case {
  return {
    name,
    command,
    arguments: words,
    workingDirectory: path.join(repository, "bench", "cdk"),
    environment: { ...process.env, CDK_OUTDIR: path.join(workplace.folder, "cdk.out") },
    // cdk-nag's findings end the synthesis with status 1, after all its work.
    goodExitStatuses: [0, 1],
  };
}

/** The preview of an empty program: what the engine, Node.js and Pulumi's SDK cost by themselves. */
export function emptyCase(workplace: Workplace): Promise<Case> {
  return officialCli(names.empty, workplace, "empty", []);
}

/** The previews of new stacks. */
export async function previewCases(workplace: Workplace): Promise<readonly Case[]> {
  const pack = path.join(repository, "policies", "guardrails");
  const stockPack = path.join(repository, "bench", "stock", "pack");
  const stock = await officialCli(names.stockAgain, workplace, "stock", ["--policy-pack", stockPack]);
  const cdkModules = path.join(repository, "bench", "cdk", "node_modules", ".bin");
  return [
    await emptyCase(workplace),
    ours(names.ours, workplace, ["preview"]),
    underPacks(names.allPacks, workplace, "all"),
    underPacks(names.noPacks, workplace, "none"),
    await officialCli(names.official, workplace, "official", ["--policy-pack", pack]),
    { ...stock, name: names.stock, environment: { ...stock.environment, TS_NODE_CACHE: "false" } },
    stock,
    cdk(names.cdk, workplace, path.join(cdkModules, "ts-node"), ["app.ts"]),
    cdk(names.cdkBuilt, workplace, process.execPath, [path.join(workplace.folder, "cdk", "app.js")]),
  ];
}

/** The measurements of a stack that is up. */
export function unchangedCases(workplace: Workplace): readonly Case[] {
  return [ours(names.oursUnchanged, workplace, ["preview"]), ours(names.oursUp, workplace, ["up"])];
}
