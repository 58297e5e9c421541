import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { Failure } from "../../../cli/failure";
import { sharedCache } from "../../../cli/sharedCache";
import type { Steps } from "../../../cli/steps";
import { runEngine, type EngineContext } from "../../../engine/engineRun";
import { foldersOf } from "../../../engine/folders";
import { servePacks } from "../../../engine/policyPacks";
import { findPulumi } from "../../../engine/pulumiCli/command";
import { openStack, previewStack } from "../../../engine/stack";
import { accountIdOf } from "../../../localAws/accounts";
import { emulatorApi } from "../../../localAws/emulator";
import type { AwsTarget } from "../../../localAws/providers/aws/clients";
import { serve } from "../../../localAws/providers/protocol/serve";
import { serveProviders } from "../../../localAws/providers/serve";
import { packNames, type PackName } from "../../../policies/stackPacks";
import { startTestEmulator } from "../../support/emulator";
import { acceptingProvider } from "../cases/acceptingProvider";
import type { Refused, Thresholds } from "./program";

/** A program to run with one pack. */
export interface Attempt extends Refused {
  /** The stack's name; the account depends on it. */
  readonly name: string;
  readonly pack: string;
  /**
   * Whether to update without a preview: the rule then refuses the resource itself. A rule about the whole stack judges at
   * the end, so it needs the preview, as in practice.
   */
  readonly withoutPreview: boolean;
}

/** The result of an attempt. */
export interface Ending {
  /** The message of the refusal; undefined if the stack came up. */
  readonly refusal: string | undefined;
  /** The resources of its account afterwards. */
  readonly made: readonly string[];
  readonly target: AwsTarget;
}

/** The real engine with every pack, on an emulator. */
export interface Engine {
  readonly attempt: (attempt: Attempt) => Promise<Ending>;
  readonly close: () => Promise<void>;
}

const quietly: Steps = { run: (_title, work) => work(() => undefined) };

/** A run without output and without interrupts. */
const unwatched = (): EngineContext => ({
  steps: quietly,
  screen: { live: true, print: () => undefined, show: () => undefined },
  interrupt: {
    signal: new AbortController().signal,
    received: () => undefined,
    engineKnows: () => undefined,
    finishing: (work) => work(),
    stopListening: () => undefined,
  },
  learn: () => undefined,
});

async function failureOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.problem;
    throw error;
  }
}

/** @param thresholds by the pack's name. */
export async function openEngine(thresholds: Readonly<Record<string, Thresholds>>): Promise<Engine> {
  const folder = await mkdtemp(path.join(tmpdir(), "policy-engine-"));
  const repository = path.resolve(__dirname, "../../..");
  const folders = foldersOf({ repository, local: folder });
  const [emulator, command, served] = await Promise.all([
    startTestEmulator(),
    findPulumi(sharedCache(process.env), quietly),
    Promise.all(packNames.map(servePack)),
  ]);

  async function servePack(name: PackName) {
    const settings = thresholds[name];
    const configFile = settings === undefined ? undefined : path.join(folder, `${name}.json`);
    if (configFile !== undefined) await writeFile(configFile, JSON.stringify(settings));
    return {
      name,
      ...(await servePacks([{ name, folder: path.join(repository, "policies", name), configFile }])),
    };
  }

  const attempt = async (attempted: Attempt) => {
    const { name, pack, program, region = "us-east-1", withoutPreview, foreign = false } = attempted;
    const settingsFolder = path.join(folders.stacks, name);
    await mkdir(settingsFolder, { recursive: true });
    await writeFile(path.join(settingsFolder, "Pulumi.yaml"), "{ name: wordpress, runtime: nodejs }");
    await writeFile(path.join(settingsFolder, `Pulumi.${name}.yaml`), `config: { aws:region: ${region} }`);
    const accountId = accountIdOf(name);
    const target = { endpoint: emulator.endpoint, region, accountId };
    const providers = await serveProviders(target);
    const accepting = foreign ? await serve(acceptingProvider()) : undefined;
    const stack = await openStack({
      folders,
      stackName: name,
      projectName: "wordpress",
      settingsFolder,
      command,
      providers: { ...providers.ports, ...(accepting === undefined ? {} : { aws: accepting.port }) },
      program: () => {
        program();
        return Promise.resolve({});
      },
    });
    const held = {
      before: undefined,
      onRegistration: () => undefined,
      policyPacks:
        (await served.find(({ name: served }) => served === pack)?.policyPacksIn(settingsFolder)) ?? [],
    };
    const context = unwatched();
    const bringUp = async () => {
      if (!withoutPreview) {
        const run = (options: Parameters<typeof stack.preview>[0]) => previewStack(stack, options ?? {});
        await runEngine(context, held, { title: "preview", isPreview: true, run });
      }
      await runEngine(context, held, { title: "update", run: (options) => stack.up(options) });
    };
    try {
      const refusal = await failureOf(bringUp());
      const there = await emulatorApi(emulator.endpoint).resources(accountId);
      return { refusal, made: there.map(({ service, type, id }) => `${service} ${type} ${id}`), target };
    } finally {
      providers.close();
      accepting?.close();
    }
  };

  return {
    attempt,
    close: async () => {
      for (const { stop } of served) stop();
      await emulator.stop();
      await rm(folder, { recursive: true });
    },
  };
}
