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
