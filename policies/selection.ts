import { controlsOf, frameworkNames, isFrameworkName } from "./frameworks/controls";
import type { EnforcedPack } from "./report/results";
import type { Rule } from "./support/rule";
import { suggestion } from "./support/suggestion";

/** Which rules a run reports. Several values of one kind widen the selection; several kinds narrow it. */
export interface Selection {
  /** A framework (`cis`) or one of its controls (`cis:5.7`). */
  readonly frameworks: readonly string[];
  readonly severities: readonly string[];
  /** Tags of rules: a topic (`network-exposure`), or a framework's control. */
  readonly tags: readonly string[];
}

export const severities = ["low", "medium", "high", "critical"] as const;

/** Whether a rule is selected. Nothing selected selects every rule. */
export function isSelected(rule: Rule, selection: Selection): boolean {
  return (
    (selection.frameworks.length === 0 || selection.frameworks.some((name) => serves(rule, name))) &&
    (selection.severities.length === 0 || selection.severities.includes(rule.severity)) &&
    (selection.tags.length === 0 || selection.tags.some((tag) => rule.tags.includes(tag)))
  );
}

/** A stack's packs with the selected rules only. */
export function selectedFrom(packs: readonly EnforcedPack[], selection: Selection): readonly EnforcedPack[] {
  return packs.map(({ pack, ...rest }) => ({
    ...rest,
    pack: { ...pack, rules: pack.rules.filter((rule) => isSelected(rule, selection)) },
  }));
}

/** What is wrong with a selection, for the rules that can be selected: one sentence for each problem. */
export function selectionProblems(selection: Selection, rules: readonly Rule[]): readonly string[] {
  const tags = [...new Set(rules.flatMap((rule) => rule.tags))];
  const problems = [
    ...selection.frameworks.flatMap((name) => frameworkProblems(name, rules)),
    ...selection.severities.filter((name) => !severities.some((each) => each === name)).map(noSeverity),
    ...selection.tags
      .filter((tag) => !tags.includes(tag))
      .map((tag) => `--tag ${tag}: no rule has this tag; ${suggestion(tag, topicsFirst(tags), "tags")}`),
  ];
  if (problems.length > 0 || rules.some((rule) => isSelected(rule, selection))) return problems;
  return [`no rule has all of ${written(selection).join(" and ")}; remove one of them`];
}

function serves(rule: Rule, name: string): boolean {
  return isFrameworkName(name) ? controlsOf(rule)[name].length > 0 : rule.tags.includes(name);
}

function frameworkProblems(given: string, rules: readonly Rule[]): readonly string[] {
  const [framework = "", control] = given.split(/:(.*)/s);
  if (!isFrameworkName(framework)) {
    return [`--framework ${given}: ${suggestion(framework, frameworkNames, "the frameworks")}`];
  }
  if (control === undefined || rules.some((rule) => rule.tags.includes(given))) return [];
  const known = [...new Set(rules.flatMap((rule) => controlsOf(rule)[framework]))];
  return [`--framework ${given}: no rule serves this control; ${suggestion(control, known, "controls")}`];
}

function noSeverity(name: string): string {
  return `--severity ${name}: ${suggestion(name, severities, "the severities")}`;
}

function topicsFirst(tags: readonly string[]): readonly string[] {
  return [...tags.filter((tag) => !tag.includes(":")), ...tags.filter((tag) => tag.includes(":"))];
}

function written({ frameworks, severities: given, tags }: Selection): readonly string[] {
  return [
    ...(frameworks.length > 0 ? [`--framework ${frameworks.join(" or ")}`] : []),
    ...(given.length > 0 ? [`--severity ${given.join(" or ")}`] : []),
    ...(tags.length > 0 ? [`--tag ${tags.join(" or ")}`] : []),
  ];
}
