import { runEngine } from "../../engine/engineRun";
import type { RunResult } from "../../engine/run";
import { changeLines, changeText, countChanges } from "../../engine/runView";
import type { Context } from "../context";
import { changing, findMismatch, mismatchText } from "../recover";
import { withSession } from "../session";
import { learnTarget, sessionOptions } from "./shared";

/** Finds what changed outside of Pulumi, and writes it into Pulumi's state; `up` then changes it back. */
export async function refresh(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "refreshes", false), async (session) => {
    const { stackName, stack } = session;
    learnTarget(context, session);
    const notice = mismatchText(session, await findMismatch(session));
    if (notice !== undefined) context.learn({ notice });
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
      [...(notice === undefined ? [] : [notice]), ...driftLines(stackName, result)].join("\n"),
    );
  });
}

function driftLines(stackName: string, { changes, resources }: RunResult): readonly string[] {
  if (changes.length === 0) return [`Stack ${stackName}: ${resources} resources, all as in Pulumi's state.`];
  return [
    `Stack ${stackName}: changed outside of Pulumi`,
    ...changes.flatMap((change) => changeLines(change)).map((line) => `  ${line}`),
    "npm run local changes them back.",
  ];
}
