import { readCheckpoint, type RememberedResource } from "../engine/checkpoint";
import { runEngine, type EngineContext, type EngineSession } from "../engine/engineRun";
import { projectName } from "../engine/settingsFile";
import { unprotectState } from "../engine/unprotect";
import type { Session } from "./session";

/** The settings that keep a stack from being destroyed, or keep a snapshot when it is. */
const unprotected: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  "wordpress:database": { deletionProtection: false, finalSnapshot: false },
  "wordpress:fleet": { loadBalancerDeletionProtection: false, dataDeletionProtection: false },
};

/**
 * Takes protection off a stack, as its owner would before destroying it. Pulumi's first, in the state alone: it
 * would refuse the rest. Then AWS's, by an update of just those resources. The settings file stays as it is.
 */
export async function liftProtection(
  context: EngineContext,
  session: EngineSession & Pick<Session, "stack" | "stackName" | "folders">,
): Promise<void> {
  const { stack, stackName, folders } = session;
  const checkpoint = await readCheckpoint(folders, projectName, stackName);
  const resources = checkpoint?.resources ?? [];
  if (resources.some(({ protect }) => protect)) {
    await context.steps.run("Lifting Pulumi's protection", () => unprotectState(stack));
  }
  const target = resources.filter(isProtectedByAws).map(({ urn }) => urn);
  if (target.length === 0) return;
  const settings = await stack.workspace.stackSettings(stackName);
  await stack.workspace.saveStackSettings(stackName, {
    ...settings,
    config: { ...settings.config, ...without(settings.config ?? {}) },
  });
  await runEngine(context, session, {
    title: `Lifting AWS's protection of ${target.length} resources`,
    expected: target.length,
    run: (options) => stack.up({ ...options, target, policyPacks: [] }),
  });
}

/** Whether AWS would refuse to delete the resource, or the deletion would leave a snapshot. */
export function isProtectedByAws({ type, inputs }: RememberedResource): boolean {
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
