import type { Exercise } from "./exercise";
import { balancerDns } from "./exercises/balancerDns";
import { databaseClosed } from "./exercises/databaseClosed";
import { databaseEncrypted } from "./exercises/databaseEncrypted";
import { elbHealthCheck } from "./exercises/elbHealthCheck";
import { functionLimits } from "./exercises/functionLimits";
import { groupMetrics } from "./exercises/groupMetrics";
import { groupSizes } from "./exercises/groupSizes";
import { healthyTargets } from "./exercises/healthyTargets";
import { launchTemplate } from "./exercises/launchTemplate";
import { launcherFunction } from "./exercises/launcherFunction";
import { natCost } from "./exercises/natCost";
import { noPublicAddress } from "./exercises/noPublicAddress";
import { notification } from "./exercises/notification";
import { ownAmi } from "./exercises/ownAmi";
import { pastTheBalancer } from "./exercises/pastTheBalancer";
import { schedule } from "./exercises/schedule";
import { securityGroups } from "./exercises/securityGroups";
import { tags } from "./exercises/tags";
import { targetTracking } from "./exercises/targetTracking";
import { twoZones } from "./exercises/twoZones";

/** All exercises, in the order of the course. */
export const rubric: readonly Exercise[] = [
  ownAmi,
  twoZones,
  noPublicAddress,
  securityGroups,
  pastTheBalancer,
  healthyTargets,
  balancerDns,
  groupSizes,
  launchTemplate,
  elbHealthCheck,
  groupMetrics,
  targetTracking,
  notification,
  tags,
  databaseClosed,
  databaseEncrypted,
  natCost,
  launcherFunction,
  schedule,
  functionLimits,
];
