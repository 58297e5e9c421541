import type { Properties, PropertyValue } from "./resourceType";

/**
 * A setting that a service keeps as a text under a key (the attributes of ELB, SNS and SQS): our name for it,
 * the service's key, and what it is when left out.
 */
export interface Attribute<Shape extends object> {
  readonly property: keyof Shape & string;
  /** E.g. `idle_timeout.timeout_seconds`. */
  readonly key: string;
  /** Also says which kind of value it is: the service itself only knows texts. */
  readonly default: boolean | number | string;
}

/** The properties under the service's keys; one that is left out goes back to its default. */
export function toAttributes<Shape extends object>(
  table: readonly Attribute<Shape>[],
  properties: Properties,
): Record<string, string> {
  return Object.fromEntries(
    table.map(({ property, key, default: byDefault }) => [key, textOf(properties[property] ?? byDefault)]),
  );
}

/** The properties that the service's attributes stand for; one that it does not tell has its default. */
export function fromAttributes<Shape extends object>(
  table: readonly Attribute<Shape>[],
  attributes: Readonly<Record<string, string | undefined>>,
): Properties {
  return Object.fromEntries(
    table.map((attribute) => [attribute.property, valueOf(attributes[attribute.key], attribute.default)]),
  );
}

/** The part of a table whose properties are named. */
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
