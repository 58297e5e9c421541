import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties, PropertyValue } from "../aws/resourceType";
import { isList, isObject } from "../aws/values";
import { isSecret, secret } from "./special";
import { fromStruct, toStruct } from "./struct";

/** Property values without secret marks, and the names of the secret ones. */
export interface Opened {
  readonly properties: Properties;
  /** Names of the properties that are or contain secrets. */
  readonly secrets: ReadonlySet<string>;
}

/** Property values from Pulumi's wire format, with every secret unwrapped. */
export function openStruct(struct: Struct | undefined): Opened {
  const secrets = new Set<string>();
  const properties: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(fromStruct(struct))) {
    properties[name] = opened(value, () => secrets.add(name));
  }
  return { properties, secrets };
}

/**
 * Property values for Pulumi's wire format. A property that contains a secret is marked as a whole, also under another
 * name that AWS returns it with.
 */
export function sealStruct(properties: Properties, secrets: ReadonlySet<string>): Struct {
  const sealed: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(properties)) {
    const hidden = secrets.has(name) || (name === "tagsAll" && secrets.has("tags"));
    sealed[name] = hidden ? secret(value) : value;
  }
  return toStruct(sealed);
}

function opened(value: PropertyValue, found: () => void): PropertyValue {
  if (isList(value)) return value.map((member) => opened(member, found));
  if (!isObject(value)) return value;
  if (isSecret(value)) {
    found();
    return opened(value["value"] ?? null, found);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, opened(member, found)]));
}
