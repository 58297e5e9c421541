import { readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../cli/failure";
import { z } from "../cli/json";
import type { Config } from "../components/settings/namespace";
import type { Problem } from "../components/settings/problem";
import { readSettingsFile, type SettingsFile } from "../components/settings/settingsFile";

/** The parts of `Pulumi.yaml` that apply to the stacks. */
export interface ProjectFile {
  readonly projectName: string;
  /** The project's own configuration, for values that the stacks' files do not set. */
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Pulumi itself checks its other keys. */
const content = z.looseObject({
  name: z.string({ error: "the project's name, e.g. wordpress" }).regex(/^[\w.-]{1,100}$/, {
    error: "1 to 100 letters, digits or _ . -",
  }),
  runtime: z.union([z.string(), z.looseObject({ name: z.string() })], {
    error: "the language, with its options: name: nodejs",
  }),
  config: z.record(z.string(), z.unknown(), { error: "settings as namespace:name: value" }).default({}),
});

/** @throws Failure when the folder has no `Pulumi.yaml` */
export async function readProjectFile(folder: string): Promise<ProjectFile> {
  const file = readSettingsFile("Pulumi.yaml", await read(folder));
  const parsed = content.safeParse(file.content ?? {});
  const problems = [...file.problems, ...(file.problems.length > 0 ? [] : formProblems(file))];
  return {
    projectName: parsed.data?.name ?? "",
    config: valuesIn(parsed.data?.config ?? {}, parsed.data?.name ?? ""),
    problems,
  };
}

function formProblems(file: SettingsFile): readonly Problem[] {
  const { error } = content.safeParse(file.content ?? {});
  return (error?.issues ?? []).map(({ path: keys, message }) => ({
    path: keys.map(String).join("."),
    value: undefined,
    allowed: message,
    line: file.lineOf(keys.map(String)),
  }));
}

/** An entry is a value, or describes one: `{ type, default, value }`. */
const description = z.object({ value: z.unknown(), default: z.unknown() });

function valuesIn(config: Config, project: string): Config {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, entry]) => {
      const described = description.partial().safeParse(entry).data;
      const value = described === undefined ? entry : (described.value ?? described.default);
      return value === undefined ? [] : [[key.includes(":") ? key : `${project}:${key}`, value]];
    }),
  );
}

async function read(folder: string): Promise<Uint8Array> {
  try {
    return await readFile(path.join(folder, "Pulumi.yaml"));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Failure(
      `${folder} has no Pulumi.yaml.`,
      "Run the command in the project's folder, or name it with --settings.",
      { cause: error },
    );
  }
}
