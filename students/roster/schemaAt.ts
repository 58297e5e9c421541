import { z } from "zod";

/** The schemas that may judge the value at a path; none when the path leads to no setting. */
export function schemasAt(schema: z.ZodType, path: readonly string[]): readonly z.ZodType[] {
  const [key, ...rest] = path;
  const settled = unwrapped(schema);
  if (key === undefined) return [settled];
  if (settled instanceof z.ZodDiscriminatedUnion || settled instanceof z.ZodUnion) {
    return settled.options.flatMap((option) => (option instanceof z.ZodType ? schemasAt(option, path) : []));
  }
  return schemasIn(settled, key).flatMap((inner) => schemasAt(inner, rest));
}

function schemasIn(schema: z.ZodType, key: string): readonly z.ZodType[] {
  const inner: unknown =
    schema instanceof z.ZodObject
      ? schema.shape[key]
      : schema instanceof z.ZodRecord
        ? schema.valueType
        : undefined;
  return inner instanceof z.ZodType ? [inner] : [];
}

/** Without what only says that a value may be left out. */
function unwrapped(schema: z.ZodType): z.ZodType {
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  if (!isWrapper) return schema;
  const inner: unknown = schema.unwrap();
  return inner instanceof z.ZodType ? unwrapped(inner) : schema;
}
