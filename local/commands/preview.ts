import type { Context } from "../context";
import { runEngine } from "../engineRun";
import { loadEngine } from "../lazily.cjs";
import { findMismatch } from "../recover";
import { withSession } from "../session";
import { changesText, changeText, countChanges } from "../ui/runView";
import { learnTarget, sessionOptions } from "./shared";

/** Shows what `up` would change, and changes nothing. */
export async function preview(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "previews"), async (session) => {
    learnTarget(context, session);
    const { newEmulator, killed } = await findMismatch(session);
    const result = await runEngine(context, session, {
      title: `Previewing the stack ${session.stackName}`,
      isPreview: true,
      run: (options) =>
        loadEngine().previewStack(session.stack, { ...options, refresh: newEmulator || killed }),
    });
    context.learn({ resources: result.resources, changes: countChanges(result.changes) });
    context.conclude(
      [
        ...result.changes.map((change) => `  would be ${changeText(change)}`),
        `Stack ${session.stackName}: ${result.resources} resources, ${changesText(result.changes)}; ` +
          `${result.policiesPassed} policies passed${waitingText(result.policiesWaiting)}.`,
        "Nothing was changed; npm run local does it.",
      ].join("\n"),
    );
  });
}

/** What a rule needs may be made only by the update; it is no silent pass. */
function waitingText(policies: readonly string[]): string {
  return policies.length === 0
    ? ""
    : `; ${policies.join(", ")} will judge during the update, when the values are known`;
}
