import { z } from "zod";

import { schemasAt } from "./schemaAt";

/** A value that YAML, or Pulumi's reading of it, turns into another one than the file shows. */
export interface Misread {
  readonly path: readonly string[];
  /** As YAML reads it. */
  readonly value: unknown;
  readonly allowed: string;
}

/** Settings whose texts are texts, and what has to be written in another way. */
export interface PlainTexts {
  readonly values: unknown;
  readonly misread: readonly Misread[];
}

/**
 * Numbers where a setting is text, as in `engineVersion: 11.8`, become that text when the file shows the same. One that
 * YAML would change is misread: `11.10` is the number 11.1, also to `pulumi config set`, which writes that back.
 * @param plainTextOf a value's text in the file, without quotes around it; `undefined` when it has some, or is unknown.
 */
export function plainTexts(
  schema: z.ZodType,
  settings: unknown,
  plainTextOf: (path: readonly string[]) => string | undefined,
): PlainTexts {
  const misread: Misread[] = [];
  const read = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => read(item, [...path, String(index)]));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, read(each, [...path, key])]),
      );
    }
    const plain = plainTextOf(path);
    if (isTextOnly(schemasAt(schema, path))) return textOf(value, plain, path);
    if (plain !== undefined && isOldNumber(plain)) {
      misread.push({
        path,
        value,
        allowed: `decimal digits alone, as Pulumi reads ${plain} as another number`,
      });
    }
    return value;
  };
  const textOf = (value: unknown, plain: string | undefined, path: readonly string[]): unknown => {
    if (typeof value === "string" && (plain === undefined || !(isDate(plain) || isOldNumber(plain))))
      return value;
    if (typeof value === "number" && plain === String(value)) return plain;
    if (typeof value !== "number" && typeof value !== "boolean" && typeof value !== "string") return value;
    const shown = plain ?? String(value);
    misread.push({ path, value, allowed: `in quotes, as YAML does not read ${shown} as text: "${shown}"` });
    return shown;
  };
  return { values: read(settings, []), misread };
}

/** Pulumi's YAML 1.1 reads these as octal, binary or hexadecimal, or leaves the `_` out. */
function isOldNumber(plain: string): boolean {
  return /^[-+]?(?:0\d+|0[box][\da-f_]+|\d[\d_]*_[\d_]*)$/i.test(plain);
}

/** Pulumi makes `2026-01-01 00:00:00 +0000 UTC` of `2026-01-01`. */
function isDate(plain: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s].*)?$/.test(plain);
}

/** Whether every schema here takes texts, and nothing else. */
function isTextOnly(schemas: readonly z.ZodType[]): boolean {
  return schemas.length > 0 && schemas.every(isText);
}

function isText(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodLiteral) return [...schema.values].every((value) => typeof value === "string");
  return schema instanceof z.ZodString || schema instanceof z.ZodEnum;
}
