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
import { launchesOnce } from "./exercises/launchesOnce";
import { natCost } from "./exercises/natCost";
import { newServerServes } from "./exercises/newServerServes";
import { noPublicAddress } from "./exercises/noPublicAddress";
import { notification } from "./exercises/notification";
import { ownAmi } from "./exercises/ownAmi";
import { pastTheBalancer } from "./exercises/pastTheBalancer";
import { pausedGroup } from "./exercises/pausedGroup";
import { replacesServer } from "./exercises/replacesServer";
import { scalesWithLoad } from "./exercises/scalesWithLoad";
import { schedule } from "./exercises/schedule";
import { securityGroups } from "./exercises/securityGroups";
import { survivesDatabaseRestart } from "./exercises/survivesDatabaseRestart";
import { tags } from "./exercises/tags";
import { targetTracking } from "./exercises/targetTracking";
import { twoZones } from "./exercises/twoZones";

/** All exercises, in the order of the course. */
export const rubric: readonly Exercise[] = [
  ownAmi,
  newServerServes,
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
  replacesServer,
  scalesWithLoad,
  pausedGroup,
  tags,
  databaseClosed,
  databaseEncrypted,
  survivesDatabaseRestart,
  natCost,
  launcherFunction,
  launchesOnce,
  schedule,
  functionLimits,
];
