import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

import { settingsIn } from "../../components/settings/namespace";
import { literal } from "./facts";

/** The stacks of this repository, in the order of the documents. */
export const stacks = ["dev", "lab", "local", "prod"] as const;

/** The settings in a stack's file, without defaults. */
export interface StackFile {
  readonly stack: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

const content = z.object({ config: z.record(z.string(), z.unknown()) });

/** The settings that the files of this repository's stacks set. */
export function stackFiles(): Promise<readonly StackFile[]> {
  return Promise.all(
    stacks.map(async (stack) => {
      const text = await readFile(join(__dirname, "..", "..", `Pulumi.${stack}.yaml`), "utf8");
      return { stack, settings: settingsIn(content.parse(parse(text)).config) };
    }),
  );
}

/** The value that a file sets, as TypeScript and YAML write it; `undefined` when it sets none. */
export function valueIn({ settings }: StackFile, path: string): string | undefined {
  const value = path
    .split(".")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
      settings,
    );
  return value === undefined ? undefined : literal(value);
}
