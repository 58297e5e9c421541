import { isResource, type AnyResource } from "../support/resourceTypes";

/** The scheduled launcher's settings, from the environment of its function. */
export interface Launcher {
  readonly instanceType: string | undefined;
  readonly keyPairName: string | undefined;
  /** The most instances that run at once. */
  readonly servers: number;
}

/** The variables that every launcher has: a function of another program may have one of them by chance. */
const always = ["SERVER_COUNT", "MAX_RUNNING_SERVERS"];

/** The settings of a function that is a launcher; undefined for others. */
export function launcherOf(resource: AnyResource): Launcher | undefined {
  if (!isResource(resource, "aws:lambda/function:Function")) return undefined;
  const variables = resource.props.environment?.variables ?? {};
  if (always.some((name) => variables[name] === undefined)) return undefined;
  return {
    instanceType: variables["INSTANCE_TYPE"],
    keyPairName: variables["KEY_PAIR_NAME"],
    servers: Number(variables["MAX_RUNNING_SERVERS"]),
  };
}
