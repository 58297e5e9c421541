import { cliProcess } from "../../engine/cliProcess";
import { previewStack } from "../../engine/engine";
import type { EngineContext } from "../../engine/engineRun";
import { judgePreview } from "../../engine/judgedPreview";
import { creationsIn } from "../../engine/runningStack/creations";
import { judgeState } from "../../engine/runningStack/judgeState";
import { findDrift } from "../../engine/runningStack/refresh";
import type { Account } from "./account";
import { sendable } from "./sendable";
import type { Judged } from "./task";

/** What the rules report about the preview of a student's stack. */
export async function judgedPreview(account: Account, context: EngineContext): Promise<Judged> {
  const { session, isOutOfStep, lineOf } = account;
  const open = () =>
    Promise.resolve({
      ...session,
      preview: (options: Parameters<typeof previewStack>[1]) =>
        previewStack(session.stack, { ...options, refresh: isOutOfStep }),
    });
  return sendable(await judgePreview({ title: "judging the preview", open }, context), lineOf);
}

/** What the rules report about what the account has now. Changes neither the account nor the state. */
export async function judgedAccount(
  { session }: Account,
  { interrupt, steps }: EngineContext,
): Promise<Judged> {
  const { stack, stackName, folders, policyPacks, backend } = session;
  const { signal } = interrupt;
  const state = await backend.deployment(stackName, "npm run students -- up");
  const command = cliProcess(stack);
  const run = await steps.run("reading the account", () =>
    judgeState(
      {
        name: stackName,
        packs: [],
        read: () => Promise.resolve(state),
        findDrift: () => findDrift(command, stackName, signal),
      },
      {
        command: command.command,
        policyPacks,
        folder: folders.local,
        pulumiHome: folders.pulumiHome,
        signal,
      },
    ),
  );
  const { repository } = folders;
  return sendable(run, creationsIn(state, { repository, projectFolder: command.folder }));
}
