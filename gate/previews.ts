import { availableParallelism } from "node:os";

import type { Tools } from "../cli/runCommand";
import type { EngineOptions } from "../engine/engineRun";
import { judgePreview } from "../engine/judgedPreview";
import { locateIn, stackFileIn } from "../engine/places/locate";
import { collectCreations } from "../engine/sources/creations";
import { openStackSession, type StackSessionOptions } from "../engine/stackSession";
import { accountIdOf } from "../localAws/accounts";
import type { EnforcedPack, PolicyRun } from "../policies/report/results";
import type { PackServers } from "./packServers";

/** The options that all previews share. */
export interface Previewing extends Omit<StackSessionOptions, "stackName" | "accountId"> {
  readonly servers: PackServers;
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
  readonly context: Pick<Tools, "steps" | "interrupt">;
}

/**
 * Previews stacks, as many at a time as there are cores: more would not be faster.
 *
 * @throws Interrupted when the user stops it. Every other failure of a preview is in its result.
 */
export async function previewAll(
  stackNames: readonly string[],
  previewing: Previewing,
): Promise<readonly PolicyRun[]> {
  const waiting = [...stackNames];
  const runs: PolicyRun[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      runs.push(await previewOne(next, previewing));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return runs.toSorted((one, other) => stackNames.indexOf(one.stack) - stackNames.indexOf(other.stack));
}

async function previewOne(stackName: string, previewing: Previewing): Promise<PolicyRun> {
  const { servers, packsOf, context, ...shared } = previewing;
  const creations = collectCreations(shared.folders.repository);
  const locate = locateIn(await stackFileIn(shared.folders.project, stackName), creations.lineOf);
  const closing: (() => unknown)[] = [];
  try {
    const open = async () => {
      // An empty account of its own: the result does not depend on stacks that are up.
      const accountId = accountIdOf(`policy gate ${stackName}`);
      const { onResource } = creations;
      const session = await openStackSession({ ...shared, stackName, accountId, onResource }, closing);
      const { previewStack } = await import("../engine/engine.ts");
      return {
        ...session,
        policyPacks: servers.of(stackName),
        preview: (options: EngineOptions) => previewStack(session.stack, options),
      };
    };
    const judged = await judgePreview({ title: `Previewing the stack ${stackName}`, open }, context);
    return { stack: stackName, subject: "preview", packs: packsOf(stackName), locate, ...judged };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
