import * as aws from "@pulumi/aws";

import { liveDatabaseProblems } from "./components/database/liveDatabase";
import { placeNetwork } from "./components/network/placeNetwork";
import { accountNeed } from "./components/settings/account";
import { lookUp } from "./components/settings/lookUp";
import { InvalidSettingsError, type Problem } from "./components/settings/problem";
import { namedImageProblems, type NamedImage } from "./components/shared/images";
import { idSettingOf, namedImageId } from "./components/wordpressFleet/image";
import type { StackSettings } from "./config";

/** What only the account knows. */
export interface AccountAnswers {
  /** The Availability Zones of the stack's subnets, in order. */
  readonly availabilityZones: string[];
}

/**
 * Asks AWS whether what the settings name is of the account and fits, and where the network is or can be; to be called
 * before anything is registered.
 * @param subject whose settings they are, e.g. `Pulumi.dev.yaml`.
 * @param tags those by which the stack's VPC is found when it is up.
 * @throws InvalidSettingsError that lists every setting that does not fit the account or the live stack.
 */
export async function settleInAccount(
  subject: string,
  settings: StackSettings,
  tags: Readonly<Record<string, string>>,
): Promise<AccountAnswers> {
  const [{ zones, problems: misplaced }, ...others] = await Promise.all([
    placeNetwork(settings, tags),
    liveDatabaseProblems(settings.database, tags),
    ...namedImages(settings).map(namedImageProblems),
    roleProblems(settings.launcher.existingRoleArn),
  ]);
  const problems = [...misplaced, ...others.flat()];
  if (zones === undefined || problems.length > 0) throw new InvalidSettingsError(subject, problems);
  return { availabilityZones: [...zones] };
}

/** The images that settings name by their ids, with the servers that start from them. */
function namedImages({ fleet, launcher }: StackSettings): readonly NamedImage[] {
  const ofFleet = namedImageId(fleet.image);
  const setting = `fleet.image.${idSettingOf(fleet.image)}`;
  return [
    ...(ofFleet === undefined ? [] : [{ amiId: ofFleet, setting, instanceType: fleet.instanceType }]),
    ...(launcher.amiId === undefined
      ? []
      : [{ amiId: launcher.amiId, setting: "launcher.amiId", instanceType: launcher.instanceType }]),
  ];
}

/** Lambda and EventBridge Scheduler take no role of another account. */
async function roleProblems(roleArn: string | undefined): Promise<readonly Problem[]> {
  if (roleArn === undefined) return [];
  const [{ accountId }, { partition }] = await lookUp(
    accountNeed,
    Promise.all([aws.getCallerIdentity(), aws.getPartition()]),
  );
  if (roleArn.startsWith(`arn:${partition}:iam::${accountId}:`)) return [];
  const allowed = `a role of this account, arn:${partition}:iam::${accountId}:role/…`;
  return [{ path: "launcher.existingRoleArn", value: roleArn, allowed }];
}
