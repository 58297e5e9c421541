import { availableParallelism } from "node:os";
import path from "node:path";

import { Failure } from "../../cli/failure";
import type { Tools } from "../../cli/runCommand";
import { Interrupted } from "../../engine/engineRun";
import type { Folders } from "../../engine/folders";
import { locateIn, stackFileIn } from "../../engine/places/locate";
import { creationsIn } from "../../engine/runningStack/creations";
import type { Deployment } from "../../engine/runningStack/deployment";
import { judgeState } from "../../engine/runningStack/judgeState";
import type { EnforcedPack, PolicyRun } from "../../policies/report/results";
import { servePacksOf } from "../packServers";
import type { States } from "./states";

export interface StatesRun {
  readonly states: States;
  readonly stackNames: readonly string[];
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
  /** Whether to judge what the account has now. */
  readonly live: boolean;
  /** The folders of `npm run local`. */
  readonly folders: Folders;
  /** The folder with the stacks' thresholds; undefined for policies/config. */
  readonly thresholds: string | undefined;
  /** The file with the exceptions; undefined for policies/exceptions.yaml. */
  readonly exceptions: string | undefined;
  /** The file with the levels; undefined for policies/levels.yaml. */
  readonly levels: string | undefined;
  /** The Pulumi CLI. */
  readonly command: string;
  readonly context: Pick<Tools, "steps" | "interrupt">;
}

/**
 * Judges running stacks, as many at a time as there are cores.
 *
 * @throws Failure when a pack is not available; Interrupted when the user stops it
 */
export async function judgeStates(run: StatesRun): Promise<readonly PolicyRun[]> {
  const { stackNames, folders } = run;
  const own = gateFolder(folders);
  const servers = await servePacksOf(stackNames, path.join(own, "states", "packs"), run);
  try {
    const waiting = [...stackNames];
    const runs: PolicyRun[] = [];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        runs.push(await judgeOne(next, run, servers.of(next)));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
    return runs.toSorted((one, other) => stackNames.indexOf(one.stack) - stackNames.indexOf(other.stack));
  } finally {
    await servers.stop();
  }
}

async function judgeOne(
  name: string,
  { states, packsOf, live, folders, command, context }: StatesRun,
  policyPacks: readonly string[],
): Promise<PolicyRun> {
  const { signal } = context.interrupt;
  const file = await stackFileIn(folders.project, name);
  const stack = {
    name,
    packs: packsOf(name),
    read: () => states.read(name),
    findDrift: live ? () => states.findDrift(name) : undefined,
    locateIn: (state: Deployment) =>
      locateIn(file, creationsIn(state, { repository: folders.repository, ...states.sourcesOf(name) })),
  };
  const title = live ? `Reading the account of the stack ${name}` : `Judging the state of the stack ${name}`;
  return context.steps.run(title, async () => {
    try {
      return await judgeState(stack, {
        command,
        policyPacks,
        folder: path.join(gateFolder(folders), "states", name),
        pulumiHome: folders.pulumiHome,
        signal,
      });
    } catch (error) {
      const stopped = context.interrupt.received();
      if (stopped !== undefined) throw new Interrupted(stopped);
      throw error;
    }
  });
}

/** The gate's own files. */
function gateFolder({ local }: Folders): string {
  return path.join(local, "gate");
}

/** The stacks to judge: those that are asked for, else all. */
export function chosen(asked: readonly string[], { names }: States): readonly string[] {
  if (asked.length > 0) return asked;
  if (names.length > 0) return names;
  throw new Failure(
    "No stack has a state here.",
    "Create one (pulumi up); for the stacks of npm run local add --local.",
  );
}
