/** What a machine has used since it was powered on. */
export interface Usage {
  /** When it was read: epoch milliseconds. */
  readonly at: number;
  readonly cpuMicroseconds: number;
  /** The time in which at least one of its tasks waited for a CPU: `some` of the kernel's pressure (PSI). */
  readonly waitedMicroseconds: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/**
 * CPU utilization between two readings, in percent of the machine's cores.
 *
 * This host has fewer CPUs than its machines together, so a busy machine may get little of them. The time in which its
 * tasks waited counts as use, because on AWS they would have run.
 */
export function cpuPercent(before: Usage, after: Usage, cores: number): number {
  const elapsed = (after.at - before.at) * 1000;
  if (elapsed <= 0) return 0;
  const used = Math.max(0, after.cpuMicroseconds - before.cpuMicroseconds) / cores;
  const waited = Math.max(0, after.waitedMicroseconds - before.waitedMicroseconds);
  return Math.min(100, ((used + waited) / elapsed) * 100);
}

/**
 * The cores of a machine of this type, at most the host's. AWS's vCPU is one of the two threads of a core, so 2 vCPUs
 * (every size up to `large`) are one core here. A burstable type has no credits here: AWS's default for T3 and T4g is
 * `unlimited`, with which it is not slowed down either.
 */
export function coresOf(instanceType: string, hostCores: number): number {
  const size = instanceType.split(".")[1] ?? "";
  const multiple = /^(\d*)xlarge$/.exec(size)?.[1];
  const cores = multiple === undefined ? 1 : 2 * (multiple === "" ? 1 : Number(multiple));
  return Math.max(1, Math.min(cores, hostCores));
}

/** Bytes that all interfaces except loopback received and sent: the text of `/proc/<pid>/net/dev`. */
export function trafficIn(netDev: string): Pick<Usage, "receivedBytes" | "sentBytes"> {
  let receivedBytes = 0;
  let sentBytes = 0;
  for (const line of netDev.split("\n")) {
    const [name, counters] = line.split(":");
    if (name === undefined || counters === undefined || name.trim() === "lo") continue;
    const values = counters.trim().split(/\s+/).map(Number);
    receivedBytes += values[0] ?? 0;
    sentBytes += values[8] ?? 0;
  }
  return { receivedBytes, sentBytes };
}
