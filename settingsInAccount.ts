import * as aws from "@pulumi/aws";

import { liveDatabaseProblems } from "./components/database/liveDatabase";
import { placeNetwork } from "./components/network/placeNetwork";
import { accountNeed } from "./components/settings/account";
import { lookUp } from "./components/settings/lookUp";
import { InvalidSettingsError, type Problem } from "./components/settings/problem";
import { namedImageProblems, type NamedImage } from "./components/shared/images";
import { idSettingOf, namedImageId } from "./components/wordpressFleet/image";
import { identityTagsOf, siteHealthCheckProblems, type StackPlace } from "./settingsInPlace";
import type { StackSettings } from "./stackSettings";

/** What only AWS can answer. */
export interface AccountAnswers {
  /** The Availability Zones of the stack's subnets, in order. */
  readonly availabilityZones: string[];
  readonly region: string;
}

/**
 * Asks AWS whether the images, roles and zones in the settings exist and fit, where the network is or can be, and which
 * region the provider uses. Must be called before anything is registered.
 * @param subject the settings' file, e.g. `Pulumi.dev.yaml`.
 * @param place the stack, by whose tags the program finds its live resources.
 * @throws InvalidSettingsError that lists every setting that does not fit the account or the live stack.
 */
export async function settleInAccount(
  subject: string,
  settings: StackSettings,
  place: Omit<StackPlace, "region">,
): Promise<AccountAnswers> {
  const tags = identityTagsOf(place);
  const [{ region }, { zones, problems: misplaced }, ...others] = await Promise.all([
    lookUp(accountNeed, aws.getRegion()),
    placeNetwork(settings, tags),
    liveDatabaseProblems(settings.database, tags),
    ...namedImages(settings).map(namedImageProblems),
    roleProblems(settings.launcher.existingRoleArn),
  ]);
  const problems = [
    ...misplaced,
    ...others.flat(),
    ...siteHealthCheckProblems(settings, { ...place, region }),
  ];
  if (zones === undefined || problems.length > 0) throw new InvalidSettingsError(subject, problems);
  return { availabilityZones: [...zones], region };
}

/** The AMIs in the settings, with the instance types that start from them. */
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

/** Lambda and EventBridge Scheduler refuse a role of another account. */
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
