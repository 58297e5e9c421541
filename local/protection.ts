import { readCheckpoint, type StateResource } from "../engine/checkpoint";
import { runEngine, type EngineContext, type EngineSession } from "../engine/engineRun";
import { projectName } from "../engine/settingsFile";
import { unprotectState } from "../engine/unprotect";
import type { Session } from "./session";

/** The settings that protect a stack from deletion, or keep a snapshot after it. */
const unprotected: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  "wordpress:database": { deletionProtection: false, finalSnapshot: false },
  "wordpress:fleet": { loadBalancerDeletionProtection: false, dataDeletionProtection: false },
};

/**
 * Removes a stack's protection, as its owner does before destroying it: first Pulumi's, only in the state, because
 * Pulumi's protection refuses the next step; then AWS's, by an update of the protected resources. The settings file
 * does not change.
 */
export async function removeProtection(
  context: EngineContext,
  session: EngineSession & Pick<Session, "stack" | "stackName" | "folders">,
): Promise<void> {
  const { stack, stackName, folders } = session;
  const checkpoint = await readCheckpoint(folders, projectName, stackName);
  const resources = checkpoint?.resources ?? [];
  if (resources.some(({ protect }) => protect)) {
    await context.steps.run("Removing Pulumi's protection", () => unprotectState(stack));
  }
  const target = resources.filter(isProtectedByAws).map(({ urn }) => urn);
  if (target.length === 0) return;
  const settings = await stack.workspace.stackSettings(stackName);
  await stack.workspace.saveStackSettings(stackName, {
    ...settings,
    config: { ...settings.config, ...without(settings.config ?? {}) },
  });
  await runEngine(context, session, {
    title: `Removing AWS's protection of ${target.length} resources`,
    expected: target.length,
    run: (options) => stack.up({ ...options, target, policyPacks: [] }),
  });
}

/** Whether AWS refuses to delete the resource, or keeps a snapshot of it. */
export function isProtectedByAws({ type, inputs }: StateResource): boolean {
  if (inputs["deletionProtection"] === true || inputs["enableDeletionProtection"] === true) return true;
  return type === "aws:rds/instance:Instance" && inputs["skipFinalSnapshot"] !== true;
}

/** The stack's settings without protection. */
function without(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(unprotected).map(([key, settings]) => {
      const given = config[key];
      return [key, typeof given === "object" && given !== null ? { ...given, ...settings } : settings];
    }),
  );
}
