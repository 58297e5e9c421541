import { readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../../cli/failure";
import { readSettingsFile, type SettingsFile } from "../../components/settings/settingsFile";
import type { Locate, Place } from "../../policies/report/places";
import { settingsFile } from "../settingsFile";
import { resourceIn, settingSourceOf } from "./settingOf";
import { settingPlace } from "./stackFile";

/** The line of the program that creates the resource with a URN; undefined when it is not known. */
export type CreationOf = (urn: string) => Place | undefined;

/** Finds the places of a stack's findings in its file and in the program. */
export function locateIn(file: SettingsFile | undefined, creationOf: CreationOf): Locate {
  return (finding) => {
    const source = settingSourceOf(finding);
    const isResource = resourceIn(finding.urn) !== undefined;
    return {
      setting: file === undefined || source === undefined ? undefined : settingPlace(file, source, finding),
      source: finding.urn === undefined || !isResource ? undefined : creationOf(finding.urn),
    };
  };
}

/** A stack's file; undefined for a stack without one. */
export async function stackFileIn(project: string, stackName: string): Promise<SettingsFile | undefined> {
  const name = settingsFile(stackName);
  try {
    return readSettingsFile(name, await readFile(path.join(project, name)));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
