import { isResource, type AnyResource } from "../support/resourceTypes";

/** What the scheduled launcher's function is told to launch: it says so in its environment. */
export interface Launcher {
  readonly instanceType: string | undefined;
  readonly keyPairName: string | undefined;
  /** The most servers it keeps running at once. */
  readonly servers: number;
}

/** What a function launches; nothing when it is no launcher. */
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
