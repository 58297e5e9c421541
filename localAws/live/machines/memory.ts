import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Cgroup } from "../box/cgroup";

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
