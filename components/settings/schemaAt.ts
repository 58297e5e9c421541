import { z } from "zod";

/** The schemas that may judge the value at a path; none when the path leads to no setting. An index leads into a list. */
export function schemasAt(schema: z.ZodType, path: readonly string[]): readonly z.ZodType[] {
  const [key, ...rest] = path;
  const inner = withoutWrapper(schema);
  if (key === undefined) return [inner];
  if (isUnion(inner)) return optionsOf(inner).flatMap((option) => schemasAt(option, path));
  return schemasIn(inner, key).flatMap((each) => schemasAt(each, rest));
}

/** The names that a group of settings knows at a path, in the order of the schema. */
export function keysAt(schema: z.ZodType, path: readonly string[]): readonly string[] {
  return [...new Set(schemasAt(schema, path).flatMap(keysOf))];
}

/** Every setting's path, e.g. `["fleet", "capacity", "min"]`, groups included. */
export function allPaths(schema: z.ZodType, at: readonly string[] = []): readonly (readonly string[])[] {
  const here = keysAt(schema, []).map((key) => [...at, key]);
  return here.flatMap((path) => [
    path,
    ...schemasAt(schema, path.slice(at.length)).flatMap((inner) => allPaths(inner, path)),
  ]);
}

function keysOf(schema: z.ZodType): readonly string[] {
  if (isUnion(schema)) return optionsOf(schema).flatMap((option) => keysOf(withoutWrapper(option)));
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function schemasIn(schema: z.ZodType, key: string): readonly z.ZodType[] {
  return [memberOf(schema, key)].filter((inner) => inner instanceof z.ZodType);
}

function memberOf(schema: z.ZodType, key: string): unknown {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodArray && /^\d+$/.test(key) ? schema.element : undefined;
}

type Union = z.ZodDiscriminatedUnion | z.ZodUnion;

function isUnion(schema: z.ZodType): schema is Union {
  return schema instanceof z.ZodDiscriminatedUnion || schema instanceof z.ZodUnion;
}

function optionsOf({ options }: Union): readonly z.ZodType[] {
  return options.filter((option) => option instanceof z.ZodType);
}

/** The schema of the value itself, without its default. */
export function withoutWrapper(schema: z.ZodType): z.ZodType {
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  if (!isWrapper) return schema;
  const inner: unknown = schema.unwrap();
  return inner instanceof z.ZodType ? withoutWrapper(inner) : schema;
}
