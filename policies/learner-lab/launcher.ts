import { isResource, type AnyResource } from "../support/resourceTypes";

/** The scheduled launcher's settings, from the environment of its function. */
export interface Launcher {
  readonly instanceType: string | undefined;
  readonly keyPairName: string | undefined;
  /** The most instances that run at once. */
  readonly servers: number;
}

/** The settings of a function that is a launcher; undefined for others. */
export function launcherOf(resource: AnyResource): Launcher | undefined {
  if (!isResource(resource, "aws:lambda/function:Function")) return undefined;
  const variables = resource.props.environment?.variables ?? {};
  const servers = variables["MAX_RUNNING_SERVERS"] ?? variables["SERVER_COUNT"];
  if (servers === undefined) return undefined;
  return {
    instanceType: variables["INSTANCE_TYPE"],
    keyPairName: variables["KEY_PAIR_NAME"],
    servers: Number(servers),
  };
}
