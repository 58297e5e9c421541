import { namespace } from "../../components/settings/namespace";
import type { SettingsFile } from "../../components/settings/settingsFile";
import type { SettingPlace, Unplaced } from "../../policies/report/places";
import { resourceIn } from "./settingOf";
import type { SettingSource } from "./settingSources";

/** The place of a setting in a stack's file, with the fix of a finding there. */
export function settingPlace(
  file: SettingsFile,
  { setting: pattern, to }: SettingSource,
  finding: Unplaced,
): SettingPlace {
  const { setting, path } = resolved(file, pattern, finding);
  const line = file.lineOf(path);
  const isThere = valueAt(file.content, path) !== undefined;
  return { setting, file: file.name, line, fix: fixOf({ setting, to, isThere, line, ...finding, file }) };
}

function fixOf(parts: {
  readonly setting: string;
  readonly to: string | undefined;
  readonly isThere: boolean;
  readonly file: Pick<SettingsFile, "name">;
  readonly line: number;
  readonly allowed: string | undefined;
}): string {
  const { setting, to, isThere, file, line, allowed } = parts;
  const hint = to === undefined && allowed !== undefined ? ` (${allowed})` : "";
  if (!isThere) {
    const value = to === undefined ? "" : `: ${to}`;
    return `Add ${setting}${value} to ${file.name}, below line ${String(line)}${hint}.`;
  }
  const change = to === undefined ? `Change ${setting}` : `Set ${setting} to ${to}`;
  return `${change} in ${file.name}, line ${String(line)}${hint}.`;
}

/** The setting with the index of its list's item, and its path in the file. */
function resolved(
  file: SettingsFile,
  pattern: string,
  { urn }: Unplaced,
): { readonly setting: string; readonly path: readonly string[] } {
  // A key of Pulumi or a provider, e.g. `aws:region`, has no groups.
  if (pattern.includes(":")) return { setting: pattern, path: ["config", pattern] };
  const [group = "", ...keys] = pattern.split(".");
  const base = ["config", `${namespace}:${group}`];
  const path = keys.reduce<readonly string[]>(
    (before, key) => [...before, key === "[name]" ? itemIn(file, before, resourceIn(urn)?.name ?? "") : key],
    base,
  );
  return { setting: [group, ...path.slice(base.length)].join("."), path };
}

/** The index of the list's item whose `name` ends the resource's name; 0 when there is none. */
function itemIn(file: SettingsFile, path: readonly string[], resource: string): string {
  const list = valueAt(file.content, path);
  const index = Array.isArray(list)
    ? list.findIndex((item: unknown) => {
        const name = memberOf(item, "name");
        return typeof name === "string" && resource.endsWith(`-${name}`);
      })
    : -1;
  return String(Math.max(index, 0));
}

function valueAt(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(memberOf, content);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
