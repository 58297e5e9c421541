import type { Kind, ResourceType } from "./resource";
import { addresses } from "./types/addresses";
import { alarms } from "./types/alarms";
import { buckets } from "./types/buckets";
import { classicBalancers } from "./types/classicBalancers";
import { databaseClusters } from "./types/databaseClusters";
import { databaseSnapshots } from "./types/databaseSnapshots";
import { databases } from "./types/databases";
import { endpoints } from "./types/endpoints";
import { fileSystems } from "./types/fileSystems";
import { functions } from "./types/functions";
import { groups } from "./types/groups";
import { healthChecks } from "./types/healthChecks";
import { hostedZones } from "./types/hostedZones";
import { images } from "./types/images";
import { keyPairs } from "./types/keyPairs";
import { keys } from "./types/keys";
import { loadBalancers } from "./types/loadBalancers";
import { logGroups } from "./types/logGroups";
import { natGateways } from "./types/natGateways";
import { networkInterfaces } from "./types/networkInterfaces";
import { others } from "./types/others";
import { secrets } from "./types/secrets";
import { servers } from "./types/servers";
import { snapshots } from "./types/snapshots";
import { volumes } from "./types/volumes";
import { vpnConnections } from "./types/vpnConnections";

/**
 * Everything that costs money in an account, or keeps a part of it from being deleted, in the order of removal: first what starts other resources, then what uses
 * the later ones. A function writes into its log group until it is deleted, an AMI keeps its snapshots.
 */
export const resourceTypes: readonly ResourceType[] = [
  functions,
  groups,
  servers,
  loadBalancers,
  classicBalancers,
  natGateways,
  vpnConnections,
  endpoints,
  databases,
  databaseClusters,
  fileSystems,
  networkInterfaces,
  addresses,
  images,
  snapshots,
  volumes,
  databaseSnapshots,
  secrets,
  alarms,
  healthChecks,
  hostedZones,
  buckets,
  keys,
  logGroups,
  others,
  keyPairs,
];

export function typeOf(kind: Kind): ResourceType {
  const found = resourceTypes.find((type) => type.kind === kind);
  if (found === undefined) throw new Error(`no type lists the kind ${kind}`);
  return found;
}
