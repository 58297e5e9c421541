import type { Properties, PropertyValue } from "../resourceType";

/** One of the `Key`/`Value` attributes in which ELB keeps settings: its name here and AWS's default. */
export interface Attribute<Shape extends object> {
  readonly property: keyof Shape & string;
  /** E.g. `idle_timeout.timeout_seconds`. */
  readonly key: string;
  /** Also says which kind of value it is: ELB itself only knows strings. */
  readonly default: boolean | number | string;
}

interface AttributeValue {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The properties as ELB takes them; one that is left out goes back to its default. */
export function toAttributes<Shape extends object>(
  table: readonly Attribute<Shape>[],
  properties: Properties,
): { readonly Key: string; readonly Value: string }[] {
  return table.map(({ property, key, default: byDefault }) => ({
    Key: key,
    Value: textOf(properties[property] ?? byDefault),
  }));
}

/** The properties that ELB's attributes stand for; one that ELB does not tell has its default. */
export function fromAttributes<Shape extends object>(
  table: readonly Attribute<Shape>[],
  attributes: readonly AttributeValue[] | undefined,
): Properties {
  const values = new Map(attributes?.map(({ Key, Value }) => [Key, Value]));
  return Object.fromEntries(
    table.map((attribute) => [attribute.property, valueOf(values.get(attribute.key), attribute.default)]),
  );
}

function textOf(value: PropertyValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function valueOf(text: string | undefined, byDefault: Attribute<object>["default"]): PropertyValue {
  if (text === undefined) return byDefault;
  if (typeof byDefault === "boolean") return text === "true";
  return typeof byDefault === "number" ? Number(text) : text;
}
