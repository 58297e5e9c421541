import { z } from "zod";

/**
 * Other values of a setting, from its schema: each other word of an enum, the other flag, both bounds of a number
 * and a neighbour. None for other types: their values are chosen by hand.
 */
export function otherValues(schema: z.ZodType, now: unknown): readonly unknown[] {
  return [...new Set(candidates(schema, now))].filter((value) => value !== now);
}

function candidates(schema: z.ZodType, now: unknown): readonly unknown[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return candidates(z.instanceof(z.ZodType).parse(schema.def.innerType), now);
  }
  if (schema instanceof z.ZodOptional) {
    return [undefined, ...candidates(z.instanceof(z.ZodType).parse(schema.def.innerType), now)];
  }
  if (schema instanceof z.ZodBoolean) return [true, false];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral) return bounds([...schema.values]);
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    if (minValue === null || maxValue === null) return [];
    const neighbour = typeof now === "number" && now < maxValue ? now + 1 : minValue;
    return bounds([minValue, neighbour, maxValue]);
  }
  return [];
}

/** The first and the last value are enough: AWS refuses these first. */
function bounds(values: readonly unknown[]): readonly unknown[] {
  return values.length <= 3 ? values : [values[0], values.at(-1)];
}
