import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties, PropertyValue } from "../aws/resourceType";
import { isList, isObject } from "../aws/values";
import { isSecret, secret } from "./special";
import { fromStruct, toStruct } from "./struct";

/** Property values as AWS needs them, and which of them nobody else shall see. */
export interface Opened {
  readonly properties: Properties;
  /** Names of the properties that are secret, as a whole or somewhere within. */
  readonly secrets: ReadonlySet<string>;
}

/** Property values from Pulumi's wire, with every secret opened. */
export function openStruct(struct: Struct | undefined): Opened {
  const secrets = new Set<string>();
  const properties: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(fromStruct(struct))) {
    properties[name] = opened(value, () => secrets.add(name));
  }
  return { properties, secrets };
}

/**
 * Property values for Pulumi's wire. A secret property is marked as a whole, and so is what AWS answers of it
 * under another name.
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
