import type { Locate } from "../../policies/report/places";
import type { Student } from "../roster/roster";
import { isRecord } from "../settings/merge";

/**
 * Finds where a finding about a student's stack can be fixed. A setting that the roster has for the student is there; every
 * other one is in the class's file.
 *
 * @param roster the roster's file
 * @param locate finds the places in the class's file
 */
export function locateForStudent(
  roster: string,
  { id, settings, line }: Pick<Student, "id" | "settings" | "line">,
  locate: Locate,
): Locate {
  return (finding) => {
    const places = locate(finding);
    const setting = places.setting?.setting;
    if (setting === undefined || !has(settings, setting.split("."))) return places;
    const allowed = finding.allowed === undefined ? "" : ` (${finding.allowed})`;
    const fix = `Change settings.${setting} of ${id} in ${roster}, line ${String(line)}${allowed}.`;
    return { ...places, setting: { setting: `settings.${setting}`, file: roster, line, fix } };
  };
}

function has(settings: unknown, [key, ...keys]: readonly string[]): boolean {
  if (key === undefined) return settings !== undefined;
  return (isRecord(settings) || Array.isArray(settings)) && has(Reflect.get(settings, key), keys);
}
