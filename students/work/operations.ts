import { isRemembered } from "../../engine/checkpoint";
import { previewStack } from "../../engine/engine";
import { runEngine, type EngineContext } from "../../engine/engineRun";
import type { RunResult } from "../../engine/run";
import { countChanges } from "../../engine/runView";
import { endLaunches } from "../../local/launches";
import { isProtectedByAws, removeProtection } from "../../local/protection";
import { adopt } from "../adopt/adopt";
import type { Account } from "./account";
import { startDatabase, stopDatabase } from "./database";
import { judgedAccount, judgedPreview } from "./judge";
import type { Operation, Report } from "./task";

/** Receives results as soon as they are known, also when the work fails later. */
export type Learn = (report: Report) => void;

type Work = (account: Account, context: EngineContext, learn: Learn) => Promise<void>;

/** The operations on one student's stack. */
export const workOf: Readonly<Record<Operation, Work>> = {
  plan: async (account, context, learn) => {
    learnResult(learn, await preview(account, context));
  },

  "judge-preview": async (account, context, learn) => {
    learn({ judged: await judgedPreview(account, context) });
  },

  "judge-account": async (account, context, learn) => {
    learn({ judged: await judgedAccount(account, context) });
  },

  up: bringUp,

  resume: bringUp,

  // Removes the servers first, so that none needs the stopped database.
  pause: async (account, context, learn) => {
    await account.changing(context, async () => {
      learnResult(learn, await update(account, context, "pausing"));
      learn({ notes: await stopDatabase(account, context) });
    });
  },

  adopt: async (account, context, learn) => {
    const adopted = await adopt(account.adoption, context);
    if (adopted === undefined) {
      learn({
        resources: 0,
        notes: ["The account has nothing with the stack's tags: there is nothing to adopt."],
      });
      return;
    }
    const { resources, cidrBlock } = adopted;
    learn({ resources, ...(cidrBlock === undefined ? {} : { cidrBlock }) });
  },

  down: async (account, context, learn) => {
    const { session } = account;
    await account.changing(context, async () => {
      // RDS refuses to change a stopped database, so its protection would remain.
      if ((session.before?.resources ?? []).some(isProtectedByAws)) await startDatabase(account, context);
      await removeProtection(context, session);
      const before = await endLaunches(context, session, account.launches);
      const result = await runEngine(context, session, {
        title: "taking down",
        run: (options) => session.stack.destroy({ ...options, runProgram: false }),
      });
      learn({ resources: 0, outputs: {}, changes: countChanges([...before, ...result.changes]) });
    });
    learn({ left: [...(await account.leftovers())] });
  },
};

/**
 * Previews first: a policy refuses the stack before anything is created, and without changes nothing else runs.
 */
async function bringUp(account: Account, context: EngineContext, learn: Learn): Promise<void> {
  await account.changing(context, async () => {
    await context.steps.run("preparing the account", () => account.prepare());
    await startDatabase(account, context);
    const planned = await preview(account, context);
    const { backend, stackName } = account.session;
    const isUp = planned.changes.length === 0 && isRemembered(planned.outputs, await backend.read(stackName));
    learnResult(learn, isUp ? planned : await update(account, context, "bringing up"));
  });
}

function preview({ session, isOutOfStep }: Account, context: EngineContext): Promise<RunResult> {
  return runEngine(context, session, {
    title: "checking",
    isPreview: true,
    run: (options) => previewStack(session.stack, { ...options, refresh: isOutOfStep }),
  });
}

function update({ session }: Account, context: EngineContext, title: string): Promise<RunResult> {
  return runEngine(context, session, { title, run: (options) => session.stack.up(options) });
}

function learnResult(learn: Learn, { resources, changes, outputs }: RunResult): void {
  learn({ resources, changes: countChanges(changes), outputs });
}
