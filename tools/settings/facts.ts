import { z } from "zod";

import { readAfterUp, type AfterUp } from "../../components/settings/afterUp";
import { withoutWrapper } from "../../components/settings/schemaAt";
import { readOmitted, readUnit } from "../../components/settings/stated";

/** The facts in the documents about a setting or an argument, from the schema that checks the value. */
export interface SettingFacts {
  /** The path in a stack's settings, e.g. `fleet.capacity.min`. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  readonly meaning: string;
  /** The unit of a number, e.g. `seconds`; `undefined` for other values. */
  readonly unit: string | undefined;
  /** The value when the setting is omitted; `undefined` when it is required. */
  readonly default: DefaultFacts | undefined;
  /** The sentence of the error for a wrong value; `undefined` for an object, whose keys state their own ranges. */
  readonly range: string | undefined;
  /** The keys of a value that is an object or a list of objects. */
  readonly parts: readonly PartFacts[];
  readonly schema: z.ZodType;
}

export interface DefaultFacts {
  /** As TypeScript and YAML write it, or a description of it. */
  readonly text: string;
  readonly isValue: boolean;
}

/** The keys of an object. A union has one object for each value of its discriminator. */
export interface PartFacts {
  /** E.g. `source` and `bake`; `undefined` outside of a union. */
  readonly discriminator: { readonly key: string; readonly value: string } | undefined;
  readonly fields: readonly SettingFacts[];
  /** Whether the setting is a list of such objects. */
  readonly inList: boolean;
}

/** A setting of a stack, with the effect of its change on a live stack. */
export interface StackSettingFacts extends SettingFacts {
  readonly afterUp: AfterUp;
}

/** The facts of every key of a group, e.g. of `fleet`; of the group itself when it is one setting, as `tags` is. */
export function groupFacts(group: string, schema: z.ZodType): readonly StackSettingFacts[] {
  const inner = withoutWrapper(schema);
  const fields: readonly (readonly [string, z.ZodType])[] =
    inner instanceof z.ZodObject
      ? Object.entries(shapeOf(inner)).map(([name, field]) => [`${group}.${name}`, field] as const)
      : [[group, schema]];
  return fields.map(([path, field]) => ({ ...factsOf(path, field), afterUp: readAfterUp(path, field) }));
}

/** The facts of one key. @throws TypeError when its schema states no meaning, or no default of an optional key. */
export function factsOf(path: string, schema: z.ZodType): SettingFacts {
  const meaning = schema.description;
  if (meaning === undefined) throw new TypeError(`${path}: a setting without .describe(…)`);
  return {
    path,
    name: path.slice(path.lastIndexOf(".") + 1),
    meaning,
    unit: readUnit(withoutWrapper(schema)),
    default: defaultOf(path, schema),
    range: rangeOf(path, schema),
    parts: partsOf(path, withoutWrapper(schema)),
    schema,
  };
}

/** The keys of an object's schema. */
export function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.ZodType>> {
  return z.record(z.string(), z.instanceof(z.ZodType)).parse(schema.shape);
}

/** A plain value as both TypeScript and YAML write it. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, each]) => `${key}: ${literal(each)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value);
}

function defaultOf(path: string, schema: z.ZodType): DefaultFacts | undefined {
  if (schema instanceof z.ZodDefault) return { text: literal(schema.def.defaultValue), isValue: true };
  if (!(schema instanceof z.ZodOptional)) return undefined;
  const text = readOmitted(schema);
  if (text === undefined) {
    throw new TypeError(`${path}: an optional setting without .meta(omitted("what applies then"))`);
  }
  return { text, isValue: false };
}

/** The error for a value of no allowed type. */
function rangeOf(path: string, schema: z.ZodType): string | undefined {
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodObject || inner instanceof z.ZodDiscriminatedUnion) return undefined;
  if (inner instanceof z.ZodLiteral && inner.values.size === 1) return literal([...inner.values][0]);
  const [issue] = schema.safeParse(Symbol("no setting takes this")).error?.issues ?? [];
  if (issue === undefined) throw new TypeError(`${path}: a setting that takes any value`);
  return issue.message;
}

function partsOf(path: string, schema: z.ZodType, inList = false): readonly PartFacts[] {
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    return partsOf(path, schema.element, true);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    return schema.options.flatMap((option) =>
      option instanceof z.ZodObject ? [variantOf(path, option, key)] : [],
    );
  }
  if (!(schema instanceof z.ZodObject)) return [];
  return [{ discriminator: undefined, fields: fieldsOf(path, schema), inList }];
}

function variantOf(path: string, schema: z.ZodObject, key: string): PartFacts {
  const shape = shapeOf(schema)[key];
  if (!(shape instanceof z.ZodLiteral)) throw new TypeError(`${path}.${key}: not a literal`);
  const value = String([...shape.values][0]);
  return { discriminator: { key, value }, fields: fieldsOf(path, schema), inList: false };
}

function fieldsOf(path: string, schema: z.ZodObject): readonly SettingFacts[] {
  return Object.entries(shapeOf(schema)).map(([name, field]) => factsOf(`${path}.${name}`, field));
}
