import { readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { namespace, settingsIn } from "../../components/settings/namespace";
import { readSettingsFile } from "../../components/settings/settingsFile";
import { settleFile } from "../../config";
import { projectName } from "../../engine/settingsFile";

/** Settings by group (`network`, `fleet`, …), as written in the file: unchecked and without defaults. */
export type Groups = Readonly<Record<string, unknown>>;

/** The settings of every student of a class; the student's own replace them. */
export interface ClassSettings {
  readonly file: string;
  readonly region: string;
  readonly groups: Groups;
}

/** The stack whose settings and policies a class uses. */
export const classSettingsStack = "lab";

/**
 * The settings of a class, from a stack's file.
 * @throws Failure when there is no such file; InvalidSettingsError that lists everything wrong with it.
 */
export async function readClassSettings(file: string): Promise<ClassSettings> {
  const name = path.basename(file);
  const { region, config } = settleFile(readSettingsFile(name, await read(file)), {
    project: projectName,
  });
  return { file: name, region, groups: settingsIn(config) };
}

/** A stack's file with these settings. */
export function stackConfig(region: string, groups: Groups): Readonly<Record<string, unknown>> {
  return {
    "aws:region": region,
    ...Object.fromEntries(Object.entries(groups).map(([name, value]) => [`${namespace}:${name}`, value])),
  };
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Failure(`${file} does not exist. It has the class's settings.`, "Restore or write this file.", {
      cause: error,
    });
  }
}
