import { availableParallelism } from "node:os";

import { counted } from "../../cli/counted";
import { sharedCache } from "../../cli/sharedCache";
import { servePacks } from "../../engine/policyPacks";
import { findPulumi } from "../../engine/pulumiCli/command";
import { creationsIn } from "../../engine/runningStack/creations";
import { judgeState } from "../../engine/runningStack/judgeState";
import { packsForStack } from "../../policies/stackPacks";
import type { CommandContext } from "../commands/context";
import { classSettingsStack } from "../settings/classSettings";
import type { StudentStack } from "../settings/studentSettings";
import { sendable } from "../work/sendable";
import { foldersIn } from "../work/studentFolders";
import type { Judged } from "../work/task";

/**
 * Judges the states that the last runs left, several at a time. Needs neither credentials nor an emulator.
 *
 * @returns the results by the students' ids; those that the user's stop left out are missing
 * @throws Failure when a pack is not available
 */
export async function judgeStates(
  { run, steps, invocation, stop }: CommandContext,
  stacks: readonly StudentStack[],
): Promise<ReadonlyMap<string, Judged>> {
  const judged = new Map<string, Judged>();
  if (stacks.length === 0) return judged;
  const served = await servePacks(packsForStack(classSettingsStack), { ofStack: classSettingsStack });
  try {
    const { command } = await findPulumi(sharedCache(process.env), steps);
    const judgeOne = async (id: string) => {
      const folders = foldersIn(run.place.ofStudent(id), run.localFolder);
      const policyPacks = await served.policyPacksIn(folders.local);
      const state = await run.state.deployment(id);
      const result = await judgeState(
        { name: id, packs: [], read: () => Promise.resolve(state) },
        { command, policyPacks, folder: folders.local, pulumiHome: folders.pulumiHome, signal: stop },
      );
      const { repository, stacks: settings } = folders;
      const projectFolder = `${settings}/${id}`;
      judged.set(id, sendable(result, creationsIn(state, { repository, projectFolder })));
    };
    const waiting = stacks.map(({ student }) => student.id);
    const lane = async () => {
      for (let id = waiting.shift(); id !== undefined && !stop.aborted; id = waiting.shift()) {
        await judgeOne(id);
      }
    };
    const lanes = Math.min(invocation.parallel ?? availableParallelism(), stacks.length);
    await steps.run(`Judging the states of ${counted(stacks.length, "student")}`, () =>
      Promise.all(Array.from({ length: lanes }, lane)),
    );
    return judged;
  } finally {
    served.stop();
  }
}
