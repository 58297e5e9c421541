import { named } from "../settings/named";
import type { SettledLauncher } from "./settings";

/** Lambda's limit for all variables together, with their names, as JSON in UTF-8. */
const mostBytes = 4_096;

/** Values from other resources that the function needs: text, or an Output of it. */
export interface EnvironmentParts<Text> {
  /** The value of the servers' owner tag. */
  readonly owner: string;
  /** The component's name. */
  readonly launcherName: string;
  readonly imageId: Text;
  readonly rootDeviceName: Text;
  /** Separated by commas. */
  readonly subnetIds: Text;
  readonly securityGroupId: Text;
}

type Settings = Pick<
  SettledLauncher,
  | "instanceType"
  | "keyPairName"
  | "maxEventAgeSeconds"
  | "maxRunningServers"
  | "serverCount"
  | "serverTags"
  | "tags"
  | "timeToLiveMinutes"
>;

/** The tags of a launched server, without the launcher's own. */
export function launchedTags(
  { tags, serverTags }: Pick<SettledLauncher, "serverTags" | "tags">,
  launcherName: string,
): Record<string, string> {
  return named(`${launcherName}-launched`, { ...tags, ...serverTags });
}

/** The environment variables that lambda/settings.ts reads. */
export function environmentOf<Text>(
  settings: Settings,
  { owner, launcherName, imageId, rootDeviceName, subnetIds, securityGroupId }: EnvironmentParts<Text>,
): Record<string, string | Text> {
  return {
    OWNER: owner,
    IMAGE_ID: imageId,
    ROOT_DEVICE_NAME: rootDeviceName,
    INSTANCE_TYPE: settings.instanceType,
    ...(settings.keyPairName === undefined ? {} : { KEY_PAIR_NAME: settings.keyPairName }),
    SERVER_COUNT: String(settings.serverCount),
    MAX_RUNNING_SERVERS: String(settings.maxRunningServers),
    TIME_TO_LIVE_MINUTES: String(settings.timeToLiveMinutes),
    MAX_LATENESS_SECONDS: String(settings.maxEventAgeSeconds),
    SUBNET_IDS: subnetIds,
    SECURITY_GROUP_IDS: securityGroupId,
    SERVER_TAGS: JSON.stringify(launchedTags(settings, launcherName)),
  };
}

/** Ids of EC2's maximum length, for two subnets. */
const longestIds = {
  imageId: `ami-${"0".repeat(17)}`,
  rootDeviceName: "/dev/xvda",
  subnetIds: [1, 2].map(() => `subnet-${"0".repeat(17)}`).join(","),
  securityGroupId: `sg-${"0".repeat(17)}`,
};

/**
 * The number of bytes by which the function's environment exceeds Lambda's limit; 0 if it fits. Of the variables, only
 * the tags can become long.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function environmentExcess(
  settings: Settings,
  who: Pick<EnvironmentParts<string>, "launcherName" | "owner">,
): number {
  const text = JSON.stringify(environmentOf(settings, { ...who, ...longestIds }));
  return Math.max(0, Buffer.byteLength(text) - mostBytes);
}
