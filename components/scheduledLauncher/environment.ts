import { named } from "../settings/named";
import type { SettledLauncher } from "./settings";

/** Lambda's limit for all variables together, names included, as JSON in UTF-8. */
const mostBytes = 4_096;

/** What the function needs to know of other resources: text, or an Output of it. */
export interface EnvironmentParts<Text> {
  /** Whose servers they are. */
  readonly owner: string;
  /** The component's name. */
  readonly launcherName: string;
  readonly imageId: Text;
  readonly rootDeviceName: Text;
  /** With commas between. */
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

/** The tags of a launched server, but for those by which the launcher finds it. */
export function launchedTags(
  { tags, serverTags }: Pick<SettledLauncher, "serverTags" | "tags">,
  launcherName: string,
): Record<string, string> {
  return named(`${launcherName}-launched`, { ...tags, ...serverTags });
}

/** The names and forms that lambda/settings.ts reads. */
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

/** Ids as long as EC2 makes them, for two subnets. */
const longestIds = {
  imageId: `ami-${"0".repeat(17)}`,
  rootDeviceName: "/dev/xvda",
  subnetIds: [1, 2].map(() => `subnet-${"0".repeat(17)}`).join(","),
  securityGroupId: `sg-${"0".repeat(17)}`,
};

/**
 * By how many bytes Lambda would refuse the function's environment; 0 when it takes it. The tags are the part that
 * grows with the settings.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function environmentExcess(
  settings: Settings,
  who: Pick<EnvironmentParts<string>, "launcherName" | "owner">,
): number {
  const text = JSON.stringify(environmentOf(settings, { ...who, ...longestIds }));
  return Math.max(0, Buffer.byteLength(text) - mostBytes);
}
