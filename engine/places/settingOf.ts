import type { Unplaced } from "../../policies/report/places";
import { settingSources, type SettingSource } from "./settingSources";

/** The resource of a finding. */
export interface FoundAt {
  readonly type: string;
  readonly name: string;
}

/** The stack itself counts as no resource. */
const stackType = "pulumi:pulumi:Stack";

/** The resource in a URN, `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`; undefined for the stack itself. */
export function resourceIn(urn: string | undefined): FoundAt | undefined {
  const [, , types = "", ...name] = urn?.split("::") ?? [];
  const type = types.split("$").at(-1) ?? "";
  return type === "" || type === stackType ? undefined : { type, name: name.join("::") };
}

/** The setting that decides the value of a finding; undefined when none does. */
export function settingSourceOf({ rule, urn, at }: Unplaced): SettingSource | undefined {
  const resource = resourceIn(urn);
  return settingSources.find(
    (source) =>
      source.type === resource?.type &&
      (source.name === undefined || source.name.test(resource?.name ?? "")) &&
      (source.rule === undefined || source.rule === rule) &&
      (source.at === undefined || (at !== undefined && isAt(source.at, at))),
  );
}

/** Whether a property is the one of a source, or within it. */
function isAt(source: string | RegExp, at: string): boolean {
  if (typeof source !== "string") return source.test(at);
  return at === source || at.startsWith(`${source}.`) || at.startsWith(`${source}[`);
}
