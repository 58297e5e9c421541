import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { freemem } from "node:os";
import { dirname, join } from "node:path";

import type { Cgroup } from "../box/cgroup";

/**
 * Memory that a server, booted from its baked image, really uses: 80 to 110 MiB as PSS. A machine without a memory
 * controller is not limited.
 */
export const serverMiB = 110;

/** The share of the free memory that all machines together may take. */
const budgetShare = 0.6;
/** More machines than this memory holds have no use here. */
const maxBudgetMiB = 64 * 1_024;

/** Memory that is available without swapping, in MiB. @param meminfo the text of /proc/meminfo */
export function availableMiB(meminfo: string): number | undefined {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return kibibytes === undefined ? undefined : Math.floor(Number(kibibytes) / 1_024);
}

/** The memory that all machines together may use by default: the sum of what they really use, not of their types. */
export function defaultBudgetMiB(): number {
  const file = "/proc/meminfo";
  const available = existsSync(file) ? availableMiB(readFileSync(file, "utf8")) : undefined;
  return budgetOf(available ?? Math.floor(freemem() / 2 ** 20));
}

export function budgetOf(freeMiB: number): number {
  return Math.min(Math.floor(freeMiB * budgetShare), maxBudgetMiB);
}

/** Memory of the sizes that this course uses; other types have the ratio of their family's `medium`. */
const sizesMiB: Readonly<Record<string, number>> = {
  nano: 512,
  micro: 1_024,
  small: 2_048,
  medium: 4_096,
  large: 8_192,
  xlarge: 16_384,
};

/** The memory of an instance type, in MiB. Sizes without an entry, such as `metal`, are limited to `2xlarge`. */
export function memoryOf(instanceType: string): number {
  return sizesMiB[instanceType.split(".")[1] ?? ""] ?? 32_768;
}

/** Limits the machine to its type's memory, where cgroup v2 has the memory controller. */
export function limitMemory(cgroup: Cgroup, instanceType: string): void {
  for (const procs of cgroup.procsFiles) {
    const file = join(dirname(procs), "memory.max");
    if (existsSync(file)) writeFileSync(file, String(memoryOf(instanceType) * 2 ** 20));
  }
}
