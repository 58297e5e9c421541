import type { EnforcementLevel } from "@pulumi/policy";

import { enforcementLevels, isEnforcementLevel } from "../configuration/schema";
import { isDay, type Day } from "../exceptions/day";
import { isText, shown } from "../exceptions/grants";
import { knownRules, resolveRule } from "../exceptions/ruleNames";
import { frameworkNames, isFrameworkName } from "../frameworks/controls";
import { severities } from "../selection";
import type { Pack } from "../support/pack";
import { suggestion } from "../support/suggestion";
import { locate, refuseUnknown, type Located, type Problem, type Refuse } from "../support/yamlLines";
import { selectors, type Level, type Selector } from "./level";

/** A file of levels, as far as it is right. */
export interface ParsedLevels {
  readonly levels: readonly Level[];
  readonly problems: readonly Problem[];
}

/** What a file of levels may name. */
export interface LevelNames {
  readonly packs: readonly Pack[];
  /** Whether these are all packs. Else unknown names are left out: they may be another pack's. */
  readonly areAllPacks: boolean;
}

const keys = ["rule", "rules", "tag", "framework", "severity", "level", "until", "reason"] as const;

/** The levels that weaken a rule must end. */
const weak: readonly EnforcementLevel[] = ["advisory", "disabled"];

/** Reads the text of `policies/levels.yaml`. A level with a problem is left out. */
export function parseLevels(text: string, names: LevelNames): ParsedLevels {
  const root = locate(text);
  if ("problem" in root) return { levels: [], problems: [{ line: root.line, text: root.problem }] };
  if (root.value === null || root.value === undefined) return { levels: [], problems: [] };
  const problems: Problem[] = [];
  const refuse: Refuse = ({ line }, problem) => {
    problems.push({ line, text: problem });
  };
  const list = root.members?.get("levels");
  if (root.members === undefined) refuse(root, `${shown(root.value)} - allowed: a mapping with levels`);
  else refuseUnknown(root.members, ["levels"], "the file's keys", refuse);
  if (list !== undefined && list.items === undefined && list.value !== null) {
    refuse(list, `levels: ${shown(list.value)} - allowed: a list of levels`);
  }
  const levels = (list?.items ?? []).flatMap((item) => {
    const before = problems.length;
    const level = levelIn(item, names, refuse);
    return level === undefined || level.values.length === 0 || problems.length > before ? [] : [level];
  });
  return { levels, problems };
}

function levelIn(item: Located, names: LevelNames, refuse: Refuse): Level | undefined {
  const { members } = item;
  if (members === undefined) {
    refuse(item, `${shown(item.value)} - allowed: a mapping with ${keys.join(", ")}`);
    return undefined;
  }
  refuseUnknown(members, keys, "a level's keys", refuse);
  const selected = selectorIn(members, item, names, refuse);
  const reason = members.get("reason");
  if (!isText(reason?.value)) {
    refuse(reason ?? item, `reason: ${shown(reason?.value)} - allowed: one line that states why`);
  }
  const level = members.get("level");
  if (!isEnforcementLevel(level?.value)) {
    const allowed = `one of ${enforcementLevels.join(", ")}`;
    refuse(level ?? item, `level: ${shown(level?.value)} - allowed: ${allowed}`);
  }
  if (selected === undefined || !isText(reason?.value) || !isEnforcementLevel(level?.value)) return undefined;
  const until = untilIn(members.get("until"), item, level.value, refuse);
  return { ...selected, level: level.value, until, reason: reason.value.trim() };
}

function untilIn(
  where: Located | undefined,
  item: Located,
  level: EnforcementLevel,
  refuse: Refuse,
): Day | undefined {
  const value = where?.value;
  if (isDay(value)) return value;
  if (where === undefined && !weak.includes(level)) return undefined;
  refuse(where ?? item, `until: ${shown(value)} - allowed: a day as YYYY-MM-DD, the last day of ${level}`);
  return undefined;
}

function selectorIn(
  members: NonNullable<Located["members"]>,
  item: Located,
  names: LevelNames,
  refuse: Refuse,
): Pick<Level, "selector" | "values"> | undefined {
  const given = (["rules", ...selectors] as const).flatMap((name) => {
    const where = members.get(name);
    return where === undefined ? [] : [{ name, where }];
  });
  const [first, ...more] = given;
  if (first === undefined || more.length > 0) {
    refuse(item, `allowed: one of rule, rules, ${selectors.slice(1).join(", ")}`);
    return undefined;
  }
  const selector = first.name === "rules" ? "rule" : first.name;
  const values: readonly unknown[] = Array.isArray(first.where.value)
    ? first.where.value
    : [first.where.value];
  const resolved = values.flatMap((value) => {
    const found = resolveValue(selector, value, names);
    if ("name" in found) return [found.name];
    if (names.areAllPacks || selector === "severity") refuse(first.where, `${first.name}: ${found.problem}`);
    return [];
  });
  return { selector, values: resolved };
}

function resolveValue(
  selector: Selector,
  value: unknown,
  { packs }: LevelNames,
): { readonly name: string } | { readonly problem: string } {
  const text = typeof value === "string" ? value : shown(value);
  const rules = packs.flatMap((pack) => pack.rules);
  const oneOf = (known: readonly string[], what: string) =>
    known.includes(text)
      ? { name: text }
      : { problem: `${shown(value)}: unknown; ${suggestion(text, known, what)}` };
  switch (selector) {
    case "rule": {
      const resolved = resolveRule(value, knownRules(packs));
      return "rule" in resolved ? { name: resolved.rule.id } : resolved;
    }
    case "tag":
      return oneOf([...new Set(rules.flatMap((rule) => rule.tags))], "tags");
    case "framework": {
      const [framework = ""] = text.split(":");
      if (text === framework || !isFrameworkName(framework)) return oneOf(frameworkNames, "the frameworks");
      const controls = rules.flatMap(({ tags }) => tags.filter((tag) => tag.startsWith(`${framework}:`)));
      return oneOf([...new Set(controls)], "controls");
    }
    case "severity":
      return oneOf(severities, "the severities");
  }
}
