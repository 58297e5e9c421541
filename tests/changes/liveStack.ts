import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";

import { messageOf } from "../../cli/failure";
import { sharedCache } from "../../cli/sharedCache";
import { engineEvent, protectionChanges, resourceOf } from "../../engine/events";
import { emulatorFolder, foldersOf } from "../../engine/folders";
import { findPulumi } from "../../engine/pulumiCli/command";
import { openStackSession } from "../../engine/stackSession";
import { accountIdOf } from "../../localAws/accounts";
import {
  defaultFolder,
  emulatorApi,
  startEmulator,
  stopEmulator,
  type RunningEmulator,
} from "../../localAws/emulator";
import { createPrerequisites } from "../../localAws/prerequisites";
import type { AwsTarget } from "../../localAws/providers/aws/clients";
import { createEarlierSnapshot } from "./earlierSnapshot";
import type { Groups } from "./settings";

const repository = path.resolve(__dirname, "../..");
const silent = { run: <T>(_title: string, work: (say: () => void) => Promise<T>) => work(() => undefined) };

/** A change of a resource that the engine made, or would make. */
export interface Step {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  /** The properties that differ. */
  readonly properties: readonly string[];
}

/** The result of a run of the engine. */
export interface Outcome {
  /** Only those that change a resource. */
  readonly steps: readonly Step[];
  /** Why it failed; `undefined` when it succeeded. */
  readonly error: string | undefined;
}

/** A stack whose settings the tests change, on its own emulator. */
export interface LiveStack {
  readonly target: AwsTarget;
  readonly emulator: RunningEmulator;
  readonly up: (settings: Groups) => Promise<Outcome>;
  /** Refreshes the state, and lists what an `up` would change. */
  readonly preview: (settings: Groups) => Promise<Outcome>;
  readonly refresh: (settings: Groups) => Promise<Outcome>;
  readonly destroy: (settings: Groups) => Promise<Outcome>;
  /** The number of resources of each type in the account. */
  readonly inventory: () => Promise<ReadonlyMap<string, number>>;
  /** Deletes the state and all resources of the account. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Existing resources of the account that settings refer to. */
const prerequisites = {
  hostedZones: ["example.com"],
  roles: ["LabRole"],
  instanceProfiles: ["LabInstanceProfile"],
  keyPairs: ["vockey"],
};

async function prepare(target: AwsTarget): Promise<void> {
  await createPrerequisites(target, prerequisites);
  await createEarlierSnapshot(target);
}

/**
 * @param beside another stack, for one in the same account and region
 * @param region the region of a stack that is not beside another one
 */
export async function openLiveStack(
  stackName: string,
  beside?: LiveStack,
  region = "us-east-1",
): Promise<LiveStack> {
  const folder = await mkdtemp(path.join(tmpdir(), "live-stack-"));
  const folders = foldersOf({ repository, project: folder, local: path.join(folder, "local") });
  await cp(path.join(repository, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
  const accountId = beside?.target.accountId ?? accountIdOf(stackName);
  const start = () =>
    startEmulator({
      port: 0,
      folder: emulatorFolder(folders),
      environmentFolder: defaultFolder,
      endWithProcess: process.pid,
      report: () => undefined,
    });
  const [command, emulator] = await Promise.all([
    findPulumi(sharedCache(process.env), silent),
    beside?.emulator ?? start(),
  ]);
  const target: AwsTarget = beside?.target ?? { endpoint: emulator.endpoint, region, accountId };
  await prepare(target);

  const run = async (
    settings: Groups,
    operation: (stack: Session["stack"], onEvent: (event: unknown) => void) => Promise<unknown>,
  ): Promise<Outcome> => {
    const config = Object.fromEntries(
      Object.entries(settings).map(([group, value]) => [`wordpress:${group}`, value]),
    );
    await writeFile(
      path.join(folder, `Pulumi.${stackName}.yaml`),
      stringify({ config: { "aws:region": target.region, ...config } }, { compat: "yaml-1.1" }),
    );
    const closing: (() => unknown)[] = [];
    const events = listen();
    try {
      const { stack } = await openStackSession({ folders, stackName, accountId, command, emulator }, closing);
      await operation(stack, events.onEvent);
      return { steps: events.steps, error: undefined };
    } catch (error) {
      const reason = events.errors.length > 0 ? events.errors.join("\n") : messageOf(error);
      return { steps: events.steps, error: reason };
    } finally {
      for (const close of closing.reverse()) await close();
    }
  };

  return {
    target,
    emulator,
    up: (settings) => run(settings, (stack, onEvent) => stack.up({ onEvent, color: "never" })),
    preview: (settings) =>
      run(settings, (stack, onEvent) => stack.preview({ onEvent, color: "never", refresh: true })),
    refresh: (settings) => run(settings, (stack, onEvent) => stack.refresh({ onEvent, color: "never" })),
    destroy: (settings) =>
      run(settings, (stack, onEvent) => stack.destroy({ onEvent, color: "never", runProgram: false })),
    inventory: async () => {
      const counts = new Map<string, number>();
      for (const { service, type } of await emulatorApi(target.endpoint).resources(accountId)) {
        const kind = `${service} ${type}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      return counts;
    },
    reset: async () => {
      await emulatorApi(target.endpoint).reset(accountId);
      await rm(folders.state, { recursive: true, force: true });
      await rm(folders.stacks, { recursive: true, force: true });
      await prepare(target);
    },
    close: async () => {
      if (beside === undefined) await stopEmulator(emulatorFolder(folders));
      await rm(folder, { recursive: true });
    },
  };
}

type Session = Awaited<ReturnType<typeof openStackSession>>;

/** Collects the steps and the errors of the engine. */
function listen() {
  const steps: Step[] = [];
  const errors: string[] = [];
  const onEvent = (event: unknown) => {
    const { resourcePreEvent, resOutputsEvent, diagnosticEvent } = engineEvent.parse(event);
    if (diagnosticEvent?.severity === "error" && !diagnosticEvent.ephemeral) {
      errors.push(diagnosticEvent.message.trim());
    }
    // A refresh reports only at its end whether a resource differs. A change is reported when it begins.
    const begun = resourcePreEvent?.metadata;
    const refreshed = resOutputsEvent?.metadata;
    const step = begun ?? (refreshed?.op === "update" || refreshed?.op === "delete" ? refreshed : undefined);
    const isNoChange = ["same", "refresh", "read"];
    if (step === undefined || (isNoChange.includes(step.op) && !protectionChanges(step))) return;
    if (step.type === "pulumi:pulumi:Stack" || step.type.startsWith("pulumi:providers:")) return;
    const { type, name } = resourceOf(step.urn);
    if (steps.some((each) => each.op === step.op && each.type === type && each.name === name)) return;
    const properties = Object.keys(step.detailedDiff ?? {});
    steps.push({
      op: step.op,
      type,
      name,
      properties: properties.length > 0 ? properties : (step.diffs ?? []),
    });
  };
  return { steps, errors, onEvent };
}
