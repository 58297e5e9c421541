/** RDS lets storage grow by a tenth at the least. */
const leastGrowthPercent = 110;

/** The least that storage of this size can grow to, in GiB. */
export function leastGrownGiB(allocatedGiB: number): number {
  return Math.ceil((allocatedGiB * leastGrowthPercent) / 100);
}
