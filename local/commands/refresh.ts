import { runEngine } from "../../engine/engineRun";
import type { RunResult } from "../../engine/run";
import { changeLines, changeText, countChanges } from "../../engine/runView";
import type { Context } from "../context";
import { localCommand, type OptionsInForce } from "../localCommand";
import { changing, findMismatch, mismatchText } from "../recover";
import { withSession } from "../session";
import { learnTarget, sessionOptions } from "./shared";

/** Finds changes made outside Pulumi and writes them to Pulumi's state; the next `up` reverts them. */
export async function refresh(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "runs refresh", false), async (session) => {
    const { stackName, stack } = session;
    learnTarget(context, session);
    const notice = mismatchText(session, await findMismatch(session), context.invocation);
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
      [...(notice === undefined ? [] : [notice]), ...driftLines(context.invocation, result)].join("\n"),
    );
  });
}

function driftLines(options: OptionsInForce, { changes, resources }: RunResult): readonly string[] {
  const { stack } = options;
  if (changes.length === 0) return [`Stack ${stack}: ${resources} resources, all as in Pulumi's state.`];
  return [
    `Stack ${stack}: changed outside Pulumi`,
    ...changes.flatMap((change) => changeLines(change)).map((line) => `  ${line}`),
    `To revert these changes: ${localCommand(options)}`,
  ];
}
