import { createHash } from "node:crypto";

import type { PropertyRule } from "../resourceType";

const suffixLength = 7;

/**
 * A physical name as the official provider generates it: the resource's name, a hyphen, seven hexadecimal digits.
 * `undefined` if that is longer than AWS allows.
 */
export function autoName(
  resourceName: string,
  { maxLength, lowerCase }: NonNullable<PropertyRule["autoName"]>,
  randomSeed: Uint8Array,
): string | undefined {
  const prefix = lowerCase === true ? resourceName.toLowerCase() : resourceName;
  const name = `${prefix}-${createHash("sha256").update(randomSeed).digest("hex").slice(0, suffixLength)}`;
  return name.length > maxLength ? undefined : name;
}

/** Whether {@link autoName} generated the physical name. */
export function isAutoName(resourceName: string, physicalName: string): boolean {
  const prefix = `${resourceName}-`.toLowerCase();
  return (
    physicalName.toLowerCase().startsWith(prefix) && /^[0-9a-f]{7}$/.test(physicalName.slice(prefix.length))
  );
}
