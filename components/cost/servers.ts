import type { CostBasis, CostPart } from "./basis";
import { hoursPerMonth, prices } from "./prices";

/** Metrics of a server that detailed monitoring reports each minute. */
const metricsPerServer = 7;

/** The size of Debian's image, which a launched server's disk has. */
const launchedDiskGiB = 8;

/** So many servers of the fleet, each with its disk and metrics. */
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

/** The most servers that the launcher runs at once, if they never ended. */
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
