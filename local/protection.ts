import { runEngine, type EngineContext, type EngineSession } from "./engineRun";
import { readCheckpoint, type RememberedResource } from "./pulumi/checkpoint";
import type { Session } from "./session";
import { projectName } from "./stackSession";

/** The settings that keep a stack from being destroyed, or leave something behind when it is. */
const unprotected: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  "wordpress:database": { deletionProtection: false, finalSnapshot: false },
  "wordpress:fleet": { loadBalancerDeletionProtection: false },
};

/**
 * Takes protection off what has it, as the owner of a protected stack would before destroying it: by an
 * update of just these resources. Here nothing is at stake; the settings file stays as it is.
 */
export async function liftProtection(
  context: EngineContext,
  session: EngineSession & Pick<Session, "stack" | "stackName" | "folders">,
): Promise<void> {
  const { stack, stackName, folders } = session;
  const checkpoint = await readCheckpoint(folders, projectName, stackName);
  const target = (checkpoint?.resources ?? []).filter(isProtected).map(({ urn }) => urn);
  if (target.length === 0) return;
  const settings = await stack.workspace.stackSettings(stackName);
  await stack.workspace.saveStackSettings(stackName, {
    ...settings,
    config: { ...settings.config, ...without(settings.config ?? {}) },
  });
  await runEngine(context, session, {
    title: `Lifting the protection of ${target.length} resources`,
    expected: target.length,
    run: (options) => stack.up({ ...options, target, policyPacks: [] }),
  });
}

/** Whether destroying the resource would be refused, or leave a snapshot. */
export function isProtected({ type, inputs }: RememberedResource): boolean {
  if (inputs["deletionProtection"] === true || inputs["enableDeletionProtection"] === true) return true;
  return type === "aws:rds/instance:Instance" && inputs["skipFinalSnapshot"] !== true;
}

/** The protecting settings as they have to be for the end. */
function without(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(unprotected).map(([key, settings]) => {
      const given = config[key];
      return [key, typeof given === "object" && given !== null ? { ...given, ...settings } : settings];
    }),
  );
}
