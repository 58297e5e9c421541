import type { PreviewOptions } from "@pulumi/pulumi/automation";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../../../cli/sharedCache";
import type { Steps } from "../../../cli/steps";
import { foldersOf } from "../../../engine/folders";
import { serveAnalyzer } from "../../../engine/patches/analyzer";
import { collectPolicyEvents } from "../../../engine/policyEvents";
import { findPulumi } from "../../../engine/pulumiCli/command";
import { openStack } from "../../../engine/stack";
import { serve } from "../../../localAws/providers/protocol/serve";
import { combinePacks } from "../../../policies/combinedPack";
import type { Pack } from "../../../policies/support/pack";
import { acceptingProvider } from "./acceptingProvider";
import type { PolicyCases } from "./case";
import { judgingEachProgram, programOf, resourcePrefix } from "./partition";

/** A rule that refuses a program. */
export interface Refusal {
  readonly rule: string;
  readonly message: string;
}

/** The rules that refuse each program, in a preview or in an update of a new stack. */
export type Refusals = ReadonlyMap<string, readonly Refusal[]>;

const quietly: Steps = { run: (_title, work) => work(() => undefined) };

/** Runs all programs in one stack through the real engine: a preview, then an update. */
export async function runCases(
  stackName: string,
  cases: PolicyCases,
  packs: readonly Pack[],
): Promise<Refusals> {
  const folder = await mkdtemp(path.join(tmpdir(), "policy-cases-"));
  const settingsFolder = path.join(folder, "settings");
  await mkdir(settingsFolder);
  await writeFile(path.join(settingsFolder, "Pulumi.yaml"), "{ name: cases, runtime: nodejs }");
  await writeFile(path.join(settingsFolder, `Pulumi.${stackName}.yaml`), "config: { aws:region: us-east-1 }");
  // A package at a relative path, which is in the program's folder.
  await mkdir(path.join(settingsFolder, "lambda"));
  await writeFile(path.join(settingsFolder, "lambda", "index.js"), "");
  const aws = await serve(acceptingProvider());
  const stack = await openStack({
    folders: foldersOf({ repository: path.resolve(__dirname, "../../.."), local: folder }),
    stackName,
    projectName: "cases",
    settingsFolder,
    command: await findPulumi(sharedCache(process.env), quietly),
    providers: { aws: aws.port },
    program: () => {
      for (const [name, { program }] of Object.entries(cases)) program(resourcePrefix(name));
      return Promise.resolve({});
    },
  });
  // Hundreds of checkpoints would take longer than all else.
  const { envVars } = stack.workspace;
  stack.workspace.envVars = { ...envVars, PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

  const eventsOf = async (level: string, run: (options: PreviewOptions) => Promise<unknown>) => {
    const combined = combinePacks(
      packs.map((pack) => ({
        pack: { ...pack, rules: pack.rules.map(judgingEachProgram) },
        configuration: { all: level },
      })),
    );
    const served = await serveAnalyzer({ name: "policies", version: "1.0.0", ...combined });
    const executable = path.join(folder, `policies-${level}`);
    await writeFile(executable, `#!/bin/sh\necho ${String(served.port)}\n`, { mode: 0o755 });
    const { onEvent, events } = collectPolicyEvents();
    let output = "";
    const onOutput = (text: string) => (output += text);
    try {
      await run({ onEvent, onOutput, policyPacks: [executable], color: "never" });
    } catch (error) {
      // A refusal fails the run; anything else means that the programs are wrong.
      if (events.length === 0 || /creating failed|Duplicate resource URN/.test(output)) {
        throw new Error(output, { cause: error });
      }
    } finally {
      served.stop();
    }
    return events;
  };

  try {
    const events = [
      ...(await eventsOf("mandatory", (options) => stack.preview(options))),
      // A mandatory violation would stop the update before it has judged all programs.
      ...(await eventsOf("advisory", (options) => stack.up(options))),
    ];
    const refusals = new Map<string, Refusal[]>();
    for (const { rule, message, resourceUrn = "" } of events) {
      const program = programOf(resourceUrn);
      if (/can't run policy .* during preview/.test(message) || program === undefined) continue;
      refusals.set(program, [...(refusals.get(program) ?? []), { rule, message }]);
    }
    return refusals;
  } finally {
    aws.close();
    await rm(folder, { recursive: true });
  }
}
