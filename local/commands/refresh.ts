import type { Context } from "../context";
import { runEngine } from "../engineRun";
import { changing } from "../recover";
import { withSession } from "../session";
import { changeText, countChanges } from "../ui/runView";
import { learnTarget, sessionOptions } from "./shared";

/** Finds what changed behind Pulumi's back, and takes it into Pulumi's memory; `up` then mends it. */
export async function refresh(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "refreshes", false), async (session) => {
    const { stackName, stack } = session;
    learnTarget(context, session);
    const result = await changing(context, session, () =>
      runEngine(context, session, {
        title: `Refreshing the stack ${stackName}`,
        quiet: true,
        run: (options) => stack.refresh(options),
      }),
    );
    const drift = result.changes.map(changeText);
    context.learn({ drift, resources: result.resources, changes: countChanges(result.changes) });
    context.conclude(
      drift.length === 0
        ? `Stack ${stackName}: ${result.resources} resources, all as Pulumi remembers them.`
        : [
            `Stack ${stackName}: changed behind Pulumi's back`,
            ...drift.map((line) => `  ${line}`),
            "npm run local mends it.",
          ].join("\n"),
    );
  });
}
