import { runEngine } from "../../engine/engineRun";
import { changeLines, changesText, countChanges, exceptedText } from "../../engine/runView";
import type { Context } from "../context";
import { localCommand } from "../localCommand";
import { findMismatch, mismatchText } from "../recover";
import { withSession } from "../session";
import { learnTarget, sessionOptions } from "./shared";

/** Shows what `up` would change, and changes nothing. */
export async function preview(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "runs preview"), async (session) => {
    learnTarget(context, session);
    const mismatch = await findMismatch(session);
    const notice = mismatchText(session, mismatch, context.invocation);
    if (notice !== undefined) context.learn({ notice });
    const result = await runEngine(context, session, {
      title: `Previewing the stack ${session.stackName}`,
      isPreview: true,
      run: async (options) =>
        (await import("../../engine/engine.ts")).previewStack(session.stack, {
          ...options,
          refresh: notice !== undefined,
        }),
    });
    context.learn({
      resources: result.resources,
      changes: countChanges(result.changes),
      resourceChanges: result.changes,
    });
    context.conclude(
      [
        ...(notice === undefined ? [] : [notice]),
        ...result.changes.flatMap((change) => changeLines(change, "would be ")).map((line) => `  ${line}`),
        `Stack ${session.stackName}: ${result.resources} resources, ${changesText(result.changes)}; ` +
          `${result.policiesPassed} policies passed${exceptedText(result)}${waitingText(result.policiesWaiting)}.`,
        `Nothing was changed. To make these changes: ${localCommand(context.invocation)}`,
      ].join("\n"),
    );
  });
}

/** Some rules need values that only the update creates: they have not passed before it. */
function waitingText(policies: readonly string[]): string {
  return policies.length === 0 ? "" : `; ${policies.join(", ")} wait for values that the update knows`;
}
