import type { Properties, PropertyValue } from "./resourceType";

/**
 * Reads property values as the types that AWS's client requires. `Shape` is the SDK's type (Args, State or a nested
 * one), so that the compiler refuses a name that the official provider does not have. An absent or null property is
 * `undefined`; a value of another type is an error that names the property.
 */
export interface Reader<Shape extends object> {
  readonly string: (name: keyof Shape & string) => string | undefined;
  readonly number: (name: keyof Shape & string) => number | undefined;
  readonly boolean: (name: keyof Shape & string) => boolean | undefined;
  readonly strings: (name: keyof Shape & string) => string[] | undefined;
  readonly numbers: (name: keyof Shape & string) => number[] | undefined;
  readonly object: (name: keyof Shape & string) => Properties | undefined;
  readonly objects: (name: keyof Shape & string) => readonly Properties[] | undefined;
  /** Tags and other maps of strings. */
  readonly stringMap: (name: keyof Shape & string) => Record<string, string> | undefined;
  /** A JSON document, given as text or as an object. */
  readonly json: (name: keyof Shape & string) => string | undefined;
  /** Properties that AWS requires. */
  readonly requiredString: (name: keyof Shape & string) => string;
  readonly requiredNumber: (name: keyof Shape & string) => number;
  readonly requiredStrings: (name: keyof Shape & string) => string[];
  readonly requiredJson: (name: keyof Shape & string) => string;
}

/** A reader of the properties of a resource or a nested block. */
export function reading<Shape extends object>(properties: Properties): Reader<Shape> {
  const optional =
    <Value>(kind: string, as: (value: PropertyValue) => Value | undefined) =>
    (name: string): Value | undefined => {
      const value = properties[name];
      if (value === undefined || value === null) return undefined;
      const found = as(value);
      if (found === undefined) throw new TypeError(`${name}: ${JSON.stringify(value)} is not ${kind}`);
      return found;
    };
  const required =
    <Value>(read: (name: string) => Value | undefined) =>
    (name: string): Value => {
      const value = read(name);
      if (value === undefined) throw new TypeError(`${name}: missing, and AWS requires it`);
      return value;
    };
  const string = optional("a string", asString);
  const number = optional("a number", asNumber);
  const strings = optional("a list of strings", (value) => asListOf(value, asString));
  const json = optional("a JSON document", asJson);
  return {
    string,
    number,
    boolean: optional("true or false", asBoolean),
    strings,
    numbers: optional("a list of numbers", (value) => asListOf(value, asNumber)),
    object: optional("an object", asObject),
    objects: optional("a list of objects", (value) => asListOf(value, asObject)),
    stringMap: optional("a map of strings", asStringMap),
    json,
    requiredString: required(string),
    requiredNumber: required(number),
    requiredStrings: required(strings),
    requiredJson: required(json),
  };
}

/** The properties that AWS returns, under the names of the SDK's State type, so that a misspelt name does not compile. */
export type Known<Shape extends object> = { readonly [Name in keyof Shape]?: PropertyValue | undefined };

/** The properties without those that AWS omitted, as the provider protocol has no `undefined`. */
export function present(values: Readonly<Record<string, PropertyValue | undefined>>): Properties {
  const known: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) known[name] = value;
  }
  return known;
}

/** Only the properties with these names. */
export function pick(properties: Properties, names: ReadonlySet<string>): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.has(name)));
}

/** A list, or `undefined` if it is empty. AWS does not distinguish the two. */
export function filled<Member>(list: readonly Member[] | undefined): readonly Member[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

export function isObject(value: PropertyValue): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const asString = (value: PropertyValue) => (typeof value === "string" ? value : undefined);
const asBoolean = (value: PropertyValue) => (typeof value === "boolean" ? value : undefined);
const asObject = (value: PropertyValue) => (isObject(value) ? value : undefined);
const asJson = (value: PropertyValue) => (isObject(value) ? JSON.stringify(value) : asString(value));
const asNumber = (value: PropertyValue) => (typeof value === "number" ? value : undefined);

export function isList(value: PropertyValue): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

function asListOf<Member>(
  value: PropertyValue,
  as: (member: PropertyValue) => Member | undefined,
): Member[] | undefined {
  if (!isList(value)) return undefined;
  const members = value.map(as).filter((member) => member !== undefined);
  return members.length === value.length ? members : undefined;
}

function asStringMap(value: PropertyValue): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, member]) =>
    typeof member === "string" ? [[key, member] as const] : [],
  );
  return entries.length === Object.keys(value).length ? Object.fromEntries(entries) : undefined;
}
