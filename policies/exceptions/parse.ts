import { partsOf } from "../support/qualifiedName";
import { suggestion } from "../support/suggestion";
import { locate, refuseUnknown, type Located, type Problem, type Refuse } from "../support/yamlLines";
import { isDay, type Day } from "./day";
import { defaultMaximumDays, noExceptions, type Exception, type Exceptions } from "./exception";
import { endProblem, isPositive, isText, positive, shown, textsAllowed } from "./grants";
import { matches } from "./pattern";
import { resolveRule, type KnownRule } from "./ruleNames";

/** What a file of exceptions may refer to. */
export interface Known {
  readonly rules: readonly KnownRule[];
  /** Whether `rules` has the rules of all packs. Else unknown names are left out: they may be another pack's. */
  readonly isComplete: boolean;
  /** The project's stacks; undefined where they are not known, which accepts every name. */
  readonly stacks: readonly string[] | undefined;
  readonly today: Day;
}

/** A file of exceptions, as far as it is right. */
export interface ParsedExceptions extends Exceptions {
  /** All that is wrong, each with its line. */
  readonly problems: readonly Problem[];
}

const fileKeys = ["maximumDays", "criticalTopics", "exceptions"] as const;
const entryKeys = ["rule", "rules", "resource", "stack", "at", "reason", "owner", "until"] as const;

/** Reads the text of `policies/exceptions.yaml`. An exception with a problem is left out. */
export function parseExceptions(text: string, known: Known): ParsedExceptions {
  const root = locate(text);
  if ("problem" in root) return { ...noExceptions, problems: [{ line: root.line, text: root.problem }] };
  if (root.value === null || root.value === undefined) return { ...noExceptions, problems: [] };
  const problems: Problem[] = [];
  const refuse = ({ line }: Pick<Located, "line">, problem: string) => {
    problems.push({ line, text: problem });
  };
  if (root.members === undefined) {
    refuse(root, `${shown(root.value)} - allowed: a mapping with ${fileKeys.join(", ")}`);
    return { ...noExceptions, problems };
  }
  refuseUnknown(root.members, fileKeys, "the file's keys", refuse);
  const maximumDays = maximumDaysIn(root.members.get("maximumDays"), refuse);
  const criticalTopics = criticalTopicsIn(root.members.get("criticalTopics"), known, refuse);
  const list = root.members.get("exceptions");
  if (list !== undefined && list.items === undefined && (list.value ?? undefined) !== undefined) {
    refuse(list, `exceptions: ${shown(list.value)} - allowed: a list of exceptions`);
  }
  const entries = (list?.items ?? []).flatMap((item) => {
    const before = problems.length;
    const entry = entryIn(item, { ...known, maximumDays, criticalTopics }, refuse);
    return entry === undefined || entry.rules.length === 0 || problems.length > before ? [] : [entry];
  });
  return { entries, criticalTopics, maximumDays, problems };
}

interface Limits extends Known {
  readonly maximumDays: number;
  readonly criticalTopics: readonly string[];
}

function entryIn(item: Located, limits: Limits, refuse: Refuse): Exception | undefined {
  const { members, line } = item;
  if (members === undefined) {
    refuse(item, `${shown(item.value)} - allowed: a mapping with ${entryKeys.join(", ")}`);
    return undefined;
  }
  refuseUnknown(members, entryKeys, "an exception's keys", refuse);
  const rules = rulesIn(members, item, limits, refuse);
  const text = (name: keyof typeof textsAllowed) => textIn(members.get(name), name, item, refuse);
  const [resource, stack, reason, owner] = [text("resource"), text("stack"), text("reason"), text("owner")];
  const at = members.has("at") ? text("at") : undefined;
  const until = untilIn(members.get("until"), item, limits, refuse);
  if (stack !== undefined && limits.stacks?.some((name) => matches(stack, name)) === false) {
    const hint = suggestion(stack, limits.stacks, "its stacks");
    refuse(members.get("stack") ?? item, `stack: ${shown(stack)}: the project has no such stack; ${hint}`);
  }
  const texts = { resource, stack, reason, owner, until };
  return hasAll(texts) ? { rules, ...texts, ...(at === undefined ? {} : { at }), line } : undefined;
}

function rulesIn(
  members: NonNullable<Located["members"]>,
  item: Located,
  { rules, isComplete, criticalTopics }: Limits,
  refuse: Refuse,
): readonly string[] {
  const given = [members.get("rule"), members.get("rules")].filter((each) => each !== undefined);
  const [where, ...more] = given;
  if (where === undefined || more.length > 0) {
    refuse(item, "allowed: either rule, with one name, or rules, with a list of names");
    return [];
  }
  const names: readonly unknown[] = Array.isArray(where.value) ? where.value : [where.value];
  if (names.length === 0) refuse(where, "rules: [] - allowed: at least one name of a rule");
  return names.flatMap((name) => {
    const resolved = resolveRule(name, rules);
    if ("problem" in resolved) {
      if (isComplete || isOfLoadedPack(name, rules)) refuse(where, `rule: ${resolved.problem}`);
      return [];
    }
    const { id, severity, topics } = resolved.rule;
    if (severity === "critical" && !topics.some((topic) => criticalTopics.includes(topic))) {
      refuse(
        where,
        `rule: ${id} is critical - allowed: rules that are not critical, or whose topic (${topics.join(", ")}) is in criticalTopics`,
      );
    }
    return [id];
  });
}

/** Whether a name begins with a pack whose rules are known. */
function isOfLoadedPack(name: unknown, rules: readonly KnownRule[]): boolean {
  if (typeof name !== "string" || !name.includes("/")) return false;
  return rules.some(({ id }) => partsOf(id).pack === partsOf(name).pack);
}

function untilIn(
  where: Located | undefined,
  item: Located,
  { today, maximumDays }: Limits,
  refuse: Refuse,
): Day | undefined {
  const value = where?.value;
  const problem = endProblem(value, today, maximumDays);
  if (problem !== undefined) refuse(where ?? item, `until: ${problem}`);
  return isDay(value) ? value : undefined;
}

function maximumDaysIn(where: Located | undefined, refuse: Refuse): number {
  const value = where === undefined ? defaultMaximumDays : where.value;
  if (isPositive(value)) return value;
  refuse(where ?? { line: 1 }, `maximumDays: ${shown(value)} - allowed: ${positive}`);
  return defaultMaximumDays;
}

function criticalTopicsIn(
  where: Located | undefined,
  { rules, isComplete }: Known,
  refuse: Refuse,
): readonly string[] {
  if (where === undefined) return [];
  const critical = rules.filter(({ severity }) => severity === "critical");
  const topics: readonly string[] = [...new Set(critical.flatMap((rule) => rule.topics))];
  const items = where.items ?? [];
  if (where.items === undefined) {
    refuse(where, `criticalTopics: ${shown(where.value)} - allowed: a list of ${topics.join(", ")}`);
  }
  return items.flatMap((item) => {
    if (typeof item.value === "string" && topics.includes(item.value)) return [item.value];
    if (!isComplete) return [];
    const hint = suggestion(String(item.value), topics, "the topics of critical rules");
    refuse(item, `criticalTopics: ${shown(item.value)}: no critical rule has this topic; ${hint}`);
    return [];
  });
}

function textIn(
  where: Located | undefined,
  name: keyof typeof textsAllowed,
  item: Located,
  refuse: Refuse,
): string | undefined {
  if (isText(where?.value)) return where.value.trim();
  refuse(where ?? item, `${name}: ${shown(where?.value)} - allowed: ${textsAllowed[name]}`);
  return undefined;
}

type Complete<T> = { readonly [Name in keyof T]: Exclude<T[Name], undefined> };

function hasAll<T extends object>(texts: T): texts is T & Complete<T> {
  return Object.values(texts).every((value) => value !== undefined);
}
