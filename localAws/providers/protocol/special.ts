import type { Properties, PropertyValue } from "../aws/resourceType";
import { isObject } from "../aws/values";

/**
 * Values with a special meaning in Pulumi's wire format.
 * Source: sdk/go/common/resource/plugin/rpc.go and sig.go of github.com/pulumi/pulumi.
 */

/** A value of any type that is unknown until the update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const assetSignatures: readonly PropertyValue[] = [
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
];

/** Whether the value is or contains an unknown. */
export function hasUnknown(value: PropertyValue | undefined): boolean {
  if (value === unknown) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values<PropertyValue>(value).some(hasUnknown);
}

/** Marks a value as secret, so that the engine encrypts it in the state and hides it in its output. */
export function secret(value: PropertyValue): Properties {
  return { [signatureKey]: secretSignature, value };
}

export function isSecret(value: Properties): boolean {
  return value[signatureKey] === secretSignature;
}

/** A resource reference as a value, e.g. for a component's child in its outputs. */
export function resourceReference(urn: string, id: string): Properties {
  return { [signatureKey]: resourceSignature, urn, id, packageVersion: "" };
}

/** The engine's hash of an asset or archive; `undefined` for other values. */
export function assetHash(value: PropertyValue | undefined): PropertyValue | undefined {
  if (value === undefined || !isObject(value)) return undefined;
  return assetSignatures.includes(value[signatureKey] ?? null) ? value["hash"] : undefined;
}
