/** RDS grows storage by at least a tenth. */
const leastGrowthPercent = 110;

/** The smallest size to which RDS can grow storage of this size, in GiB. */
export function leastGrownGiB(allocatedGiB: number): number {
  return Math.ceil((allocatedGiB * leastGrowthPercent) / 100);
}
