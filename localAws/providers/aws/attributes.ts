import type { Properties, PropertyValue } from "./resourceType";

/**
 * A setting that a service stores as text under a key (the attributes of ELB, SNS and SQS): its property name, the
 * service's key and the default.
 */
export interface Attribute<Shape extends object> {
  readonly property: keyof Shape & string;
  /** E.g. `idle_timeout.timeout_seconds`. */
  readonly key: string;
  /** Also determines the type of the value, as the service has only strings. */
  readonly default: boolean | number | string;
}

/** The properties under the service's keys. An omitted one returns to its default. */
export function toAttributes<Shape extends object>(
  table: readonly Attribute<Shape>[],
  properties: Properties,
): Record<string, string> {
  return Object.fromEntries(
    table.map(({ property, key, default: byDefault }) => [key, textOf(properties[property] ?? byDefault)]),
  );
}

/** The properties of the service's attributes. An attribute that the service does not return has its default. */
export function fromAttributes<Shape extends object>(
  table: readonly Attribute<Shape>[],
  attributes: Readonly<Record<string, string | undefined>>,
): Properties {
  return Object.fromEntries(
    table.map((attribute) => [attribute.property, valueOf(attributes[attribute.key], attribute.default)]),
  );
}

/** The part of a table with these properties. */
export function among<Shape extends object>(
  table: readonly Attribute<Shape>[],
  names: ReadonlySet<string>,
): readonly Attribute<Shape>[] {
  return table.filter(({ property }) => names.has(property));
}

function textOf(value: PropertyValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function valueOf(text: string | undefined, byDefault: Attribute<object>["default"]): PropertyValue {
  if (text === undefined) return byDefault;
  if (typeof byDefault === "boolean") return text === "true";
  return typeof byDefault === "number" ? Number(text) : text;
}
