import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

import { stackSettings } from "../../config";
import { groupFacts } from "../../tools/settings/facts";

/** The settings of a stack's file by group: `network`, `fleet`, … */
export type Groups = Readonly<Record<string, unknown>>;

/** Values by the settings' paths, e.g. `fleet.capacity`; `undefined` removes a setting. */
export type Patch = Readonly<Record<string, unknown>>;

/** The settings of the stack that the matrix changes: those of `local`, small and with every kind of resource. */
export const localSettings = (): Groups => settingsOf("local");

/** The settings in a stack's file. */
export function settingsOf(stack: string): Groups {
  const file = path.resolve(__dirname, `../../Pulumi.${stack}.yaml`);
  const { config } = z
    .object({ config: z.record(z.string(), z.unknown()) })
    .parse(parse(readFileSync(file, "utf8")));
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith("wordpress:") ? [[key.slice("wordpress:".length), value] as const] : [],
    ),
  );
}

/** The settings with other values. */
export function patched(groups: Groups, patch: Patch): Groups {
  return Object.entries(patch).reduce<Groups>((settings, [path, value]) => {
    const [group = "", name] = path.split(".");
    if (name === undefined) return without({ ...settings, [group]: value });
    const members = z.record(z.string(), z.unknown()).parse(settings[group] ?? {});
    return { ...settings, [group]: without({ ...members, [name]: value }) };
  }, groups);
}

function without(members: Groups): Groups {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const known = new Map<string, ReturnType<typeof stackSettings.safeParse>>();

/** The settings with the schema's defaults. The result is cached. */
export function settle(groups: Groups): ReturnType<typeof stackSettings.safeParse> {
  const key = JSON.stringify(groups);
  const result = known.get(key) ?? stackSettings.safeParse(groups);
  known.set(key, result);
  return result;
}

/** A setting's value with defaults. @throws ZodError for wrong settings. */
export function valueAt(groups: Groups, path: string): unknown {
  const { data, error } = settle(groups);
  if (error !== undefined) throw error;
  return path
    .split(".")
    .reduce<unknown>((value, name) => z.record(z.string(), z.unknown()).parse(value)[name], data);
}

/** The schema of every setting, by its path. */
export function allSettings(): ReadonlyMap<string, z.ZodType> {
  const facts = Object.entries<z.ZodType>(stackSettings.shape).flatMap(([group, schema]) =>
    groupFacts(group, schema),
  );
  return new Map(facts.map(({ path, schema }) => [path, schema]));
}
