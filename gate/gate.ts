import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { waitForLock } from "../cli/lock";
import type { Tools } from "../cli/runCommand";
import { sharedCache } from "../cli/sharedCache";
import { startEmulatorIn } from "../engine/emulator";
import { foldersOf, type Folders } from "../engine/folders";
import { findPulumi } from "../engine/pulumiCli/command";
import type { EnforcedPack, PolicyRun } from "../policies/report/results";
import { servePacksOf } from "./packServers";
import { previewAll } from "./previews";

export interface GateOptions {
  /** The folders of `npm run local`, whose emulator the gate uses. */
  readonly folders: Folders;
  readonly stackNames: readonly string[];
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
  readonly port: number | undefined;
  /** The folder with the stacks' thresholds; undefined for policies/config. */
  readonly thresholds: string | undefined;
  /** The file with the exceptions; undefined for policies/exceptions.yaml. */
  readonly exceptions: string | undefined;
  /** The file with the levels; undefined for policies/levels.yaml. */
  readonly levels: string | undefined;
  readonly context: Pick<Tools, "steps" | "interrupt" | "screen">;
}

/** Enough time to find a running emulator or to start one, before this process is busy loading modules. */
const headStartMilliseconds = 50;

/**
 * Previews every stack as a new one, with its policy packs, with the real engine on the emulator. The gate has its own
 * state, settings and locks, so that stacks that are up or being updated do not matter.
 *
 * @throws Failure when the CLI, the emulator or a pack is not available
 */
export async function runGate(options: GateOptions): Promise<readonly PolicyRun[]> {
  const { folders, stackNames, packsOf, port, thresholds, exceptions, levels, context } = options;
  const { steps } = context;
  const own = foldersOf({ ...folders, local: path.join(folders.local, "gate") });
  const lock = await waitForLock(path.join(own.local, "lock.json"), "runs the gate", () => undefined);
  const closing: (() => unknown)[] = [() => lock.release()];
  try {
    const starting = Promise.all([
      findPulumi(sharedCache(process.env), steps),
      startEmulatorIn({ folders, port, ...context }),
    ]);
    await Promise.race([starting, sleep(headStartMilliseconds)]);
    await import("../engine/engine.ts");
    const serving = servePacksOf(stackNames, path.join(own.local, "packs"), {
      thresholds,
      exceptions,
      levels,
    });
    // Waits for both, so that nothing starts while the parts are closed.
    const [served] = await Promise.allSettled([serving, starting]);
    if (served.status === "fulfilled") closing.push(served.value.stop);
    const [servers, [command, emulator]] = await Promise.all([serving, starting]);
    return await previewAll(stackNames, { folders: own, command, emulator, servers, packsOf, context });
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
