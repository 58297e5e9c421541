import { z } from "zod";

/**
 * What a setting's schema states besides its meaning (`.describe`) and its effect on a live stack (`afterUp.ts`). The
 * documents and the TSDoc of the components' arguments are generated from it.
 */

/** The unit of a number. */
export const inUnit = (unit: string) => ({ unit });

/**
 * What applies when an optional setting is omitted. It follows the word "Default:", so it begins in lower case and has
 * no full stop. Settings with a fixed default use `.default(…)` instead.
 */
export const omitted = (fallback: string) => ({ omitted: fallback });

/**
 * The name of a TypeScript type for the value, where the generator would print a long union.
 * @param from the module that exports it, relative to a component's folder.
 */
export const typeName = (name: string, from: string) => ({ typeName: { name, from } });

const stated = z.object({
  unit: z.string().optional(),
  omitted: z.string().optional(),
  typeName: z.object({ name: z.string(), from: z.string() }).optional(),
});

/** The unit that a schema states; `undefined` when it states none. */
export const readUnit = (schema: z.ZodType) => stated.parse(schema.meta() ?? {}).unit;

/** The name of the value's TypeScript type; `undefined` when the schema states none. */
export const readTypeName = (schema: z.ZodType) => stated.parse(schema.meta() ?? {}).typeName;

/** What a schema states to apply when it is omitted; `undefined` when it states nothing. */
export const readOmitted = (schema: z.ZodType) => stated.parse(schema.meta() ?? {}).omitted;
