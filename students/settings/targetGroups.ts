import type { Student } from "../roster/roster";
import type { ClassSettings } from "./classSettings";
import { isRecord } from "./merge";

/** What decides who may have the class's target group name. */
export interface TargetGroupPlace {
  /** The account of a student; undefined while it is not known. */
  readonly accountOf: (student: Student) => string | undefined;
  /** Names that students have had, by id. */
  readonly takenTargetGroups?: ReadonlyMap<string, string>;
}

/**
 * Each student's target group name. A target group's name is unique in an account's region, so only one student
 * there has the class's name; the others have names of their own. A student keeps the name of the first `up`, also
 * when others join the account or its id becomes known: another name would replace a target group in use.
 * @returns an empty map when the class's settings name no target group: AWS's names are then unique already.
 */
export function targetGroupNames(
  students: readonly Student[],
  { region, groups }: Pick<ClassSettings, "region" | "groups">,
  { accountOf, takenTargetGroups = new Map<string, string>() }: TargetGroupPlace,
): ReadonlyMap<string, string> {
  const common = isRecord(groups["fleet"]) ? groups["fleet"]["targetGroupName"] : undefined;
  if (typeof common !== "string") return new Map();
  const placeOf = (student: Student) => {
    const account = accountOf(student);
    return account === undefined ? undefined : `${account} ${student.region ?? region}`;
  };
  const used = new Set<string>();
  /** `false` when another student of the account and region has the name. */
  const claim = (student: Student, name: string) => {
    const key = `${placeOf(student) ?? `only ${student.id}`} ${name}`;
    if (used.has(key)) return false;
    used.add(key);
    return true;
  };
  const kept = students.flatMap((student) => {
    const name = takenTargetGroups.get(student.id);
    return name !== undefined && claim(student, name) ? [[student.id, name] as const] : [];
  });
  const names = new Map(kept);
  for (const student of students) {
    if (names.has(student.id)) continue;
    const isFirst = placeOf(student) !== undefined && claim(student, common);
    names.set(student.id, isFirst ? common : `${student.id}-servers`);
  }
  return names;
}
