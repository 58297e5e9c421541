import type { Kind, ResourceType } from "./resource";
import { addresses } from "./types/addresses";
import { alarms } from "./types/alarms";
import { databaseSnapshots } from "./types/databaseSnapshots";
import { databases } from "./types/databases";
import { endpoints } from "./types/endpoints";
import { fileSystems } from "./types/fileSystems";
import { functions } from "./types/functions";
import { groups } from "./types/groups";
import { healthChecks } from "./types/healthChecks";
import { images } from "./types/images";
import { keyPairs } from "./types/keyPairs";
import { loadBalancers } from "./types/loadBalancers";
import { logGroups } from "./types/logGroups";
import { natGateways } from "./types/natGateways";
import { secrets } from "./types/secrets";
import { servers } from "./types/servers";
import { snapshots } from "./types/snapshots";
import { volumes } from "./types/volumes";

/**
 * Everything that costs money in an account, in the order of removal: first what starts other resources, then what uses
 * the later ones. A function writes into its log group until it is deleted, an AMI keeps its snapshots.
 */
export const resourceTypes: readonly ResourceType[] = [
  functions,
  groups,
  servers,
  loadBalancers,
  natGateways,
  endpoints,
  databases,
  fileSystems,
  addresses,
  images,
  snapshots,
  volumes,
  databaseSnapshots,
  secrets,
  alarms,
  healthChecks,
  logGroups,
  keyPairs,
];

export function typeOf(kind: Kind): ResourceType {
  const found = resourceTypes.find((type) => type.kind === kind);
  if (found === undefined) throw new Error(`no type lists the kind ${kind}`);
  return found;
}
