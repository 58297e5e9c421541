import type { CostBasis, CostPart } from "./basis";
import { hoursPerMonth, prices } from "./prices";

/** Metrics of a server that detailed monitoring reports every minute. */
export const metricsPerServer = 7;

/** The size of Debian's image, and so of a launched server's disk. */
const launchedDiskGiB = 8;

/** The cost of a number of the fleet's servers, each with its disk and metrics. */
export function serverParts(fleet: CostBasis["fleet"], servers: number): CostPart[] {
  if (servers === 0) return [];
  const extrasPerMonth =
    fleet.rootVolumeGiB * prices.volumePerGiBMonth + metricsPerServer * prices.metricPerMonth;
  return [
    {
      name: `${String(servers)} x ${fleet.instanceType}`,
      dollarsPerHour: perHour(servers, fleet.instanceType),
    },
    { name: "disks and monitoring of servers", dollarsPerHour: (servers * extrasPerMonth) / hoursPerMonth },
  ];
}

/** The cost of the launcher's maximum number of servers, if they always ran. */
export function launchedServersPart({ maxRunningServers, instanceType }: CostBasis["launcher"]): CostPart {
  const server = perHour(maxRunningServers, instanceType);
  const disks = (maxRunningServers * launchedDiskGiB * prices.volumePerGiBMonth) / hoursPerMonth;
  return {
    name: `${String(maxRunningServers)} launched x ${instanceType}`,
    dollarsPerHour: server === undefined ? undefined : server + disks,
  };
}

function perHour(servers: number, instanceType: string): number | undefined {
  const table: Readonly<Record<string, number>> = prices.instancePerHour;
  const price = table[instanceType];
  return price === undefined ? undefined : servers * price;
}
