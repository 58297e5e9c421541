import { parseCidrBlock } from "../../components/network/cidr";
import { problemsIn } from "../../components/settings/parse";
import { forAccount } from "../../components/settings/placeholderAccount";
import type { Problem } from "../../components/settings/problem";
import { stackSettings } from "../../config";
import { projectName } from "../../engine/settingsFile";
import { problemsInPlace, settleInRegion, type RegionalSettings } from "../../settingsInPlace";
import { allocateCidrBlocks, overlap } from "../addresses";
import { InvalidRosterError, problemAt, type RosterProblem } from "../roster/entry";
import type { Roster, Student } from "../roster/roster";
import type { ClassSettings, Groups } from "./classSettings";
import { isRecord, merge } from "./merge";

/** The key pair of a lab exists in one region only. */
const labKeyPair = { name: "vockey", region: "us-east-1" };

/** One student's stack with checked settings. */
export interface StudentStack {
  readonly student: Student;
  /** E.g. `us-east-1`. */
  readonly region: string;
  /** The settings as in the stack's file. */
  readonly groups: Groups;
  /** The same settings with all defaults, including those of the region. */
  readonly settings: RegionalSettings;
}

/** A student's stack before its settings are checked. */
type Draft = Pick<StudentStack, "student" | "region" | "groups">;

/** Facts about a class, besides its settings. */
export interface ClassPlace {
  readonly className: string;
  /** The account of a student; undefined when it is not known yet. */
  readonly accountOf: (student: Student) => string | undefined;
  /** Address ranges that students have, by id. */
  readonly takenBlocks: ReadonlyMap<string, string>;
}

/** The stacks of students without mistakes, and all mistakes of the others. */
export interface ReadStacks {
  readonly stacks: readonly StudentStack[];
  readonly problems: readonly RosterProblem[];
}

/**
 * Each student's stack, as far as it is right: the class's settings, the student's own, and a separate address range and
 * tags.
 * @param classSettings undefined when they are wrong: then the students' own values are checked alone, and there are no
 * stacks.
 */
export function readStacks(
  { students }: Roster,
  classSettings: ClassSettings | undefined,
  place: ClassPlace,
): ReadStacks {
  if (classSettings === undefined) return { stacks: [], problems: students.flatMap(ownProblems) };
  const blocks = blocksOf(students, place.takenBlocks);
  const drafts = students.map((student) => {
    const region = student.region ?? classSettings.region;
    const own = ownSettings(student, place.className, blocks);
    const base = merge(forRegion(classSettings.groups, region), own);
    const accountId = place.accountOf(student);
    const given = merge(base, student.settings);
    const groups = accountId === undefined ? given : forAccount(given, accountId);
    return { student, region, groups };
  });
  const wrong = new Map(drafts.map((draft) => [draft.student.id, settingsProblems(draft)]));
  for (const { student, problem } of [
    ...collisions(students),
    ...sharedTargetGroups(drafts, place.accountOf),
  ]) {
    wrong.set(student.id, [...(wrong.get(student.id) ?? []), problem]);
  }
  return {
    stacks: drafts
      .filter(({ student }) => wrong.get(student.id)?.length === 0)
      .map((draft) => ({
        ...draft,
        settings: settleInRegion(stackSettings.parse(draft.groups), draft.region),
      })),
    problems: [...wrong.values()].flat(),
  };
}

/** The same. @throws InvalidRosterError that lists everything wrong with any student's settings, with its place. */
export function studentStacks(
  roster: Roster,
  classSettings: ClassSettings,
  place: ClassPlace,
): readonly StudentStack[] {
  const { stacks, problems } = readStacks(roster, classSettings, place);
  if (problems.length > 0) throw new InvalidRosterError(roster.file, problems);
  return stacks;
}

/** The settings that differ between students. */
function ownSettings({ id }: Student, className: string, blocks: ReadonlyMap<string, string>): Groups {
  return {
    network: { cidrBlock: blocks.get(id) },
    tags: { Class: className, Student: id },
  };
}

/** Omits the lab's key pair in a region where the lab has none; a student may set `fleet.sshPublicKey` there. */
function forRegion(groups: Groups, region: string): Groups {
  if (region === labKeyPair.region) return groups;
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => {
      if (!isRecord(group) || group["keyPairName"] !== labKeyPair.name) return [name, group];
      return [name, Object.fromEntries(Object.entries(group).filter(([key]) => key !== "keyPairName"))];
    }),
  );
}

function settingsProblems({ student, region, groups }: Draft): RosterProblem[] {
  const settled = stackSettings.safeParse(groups);
  const problems = settled.success
    ? problemsInPlace(settled.data, { project: projectName, stack: student.id, region })
    : problemsIn(stackSettings, groups);
  return problems.map((problem) => settingProblem(student, problem));
}

/** Mistakes in the values of the student's line, whatever the class's settings are. */
function ownProblems(student: Student): RosterProblem[] {
  return problemsIn(stackSettings, student.settings)
    .filter(({ value }) => value !== undefined)
    .map((problem) => settingProblem(student, problem));
}

function settingProblem(student: Student, { path, value, allowed }: Problem): RosterProblem {
  return problemOf(student, { field: `settings.${path}`, value, allowed });
}

/** A problem at a value of the student's line. */
function problemOf(
  { line, places = new Map() }: Student,
  problem: Omit<RosterProblem, "line">,
): RosterProblem {
  return problemAt({ line, places }, problem);
}

/** A mistake of one student that others are part of. */
interface StudentProblem {
  readonly student: Student;
  readonly problem: RosterProblem;
}

function blocksOf(
  students: readonly Student[],
  taken: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = students.flatMap(({ id, settings }) => {
    const block = ownBlock(settings);
    return block === undefined ? [] : [[id, block] as const];
  });
  return allocateCidrBlocks(
    students.map(({ id }) => id),
    new Map([...taken, ...own]),
  );
}

function ownBlock(settings: Student["settings"]): string | undefined {
  const { network } = settings;
  const block = isRecord(network) ? network["cidrBlock"] : undefined;
  return typeof block === "string" ? block : undefined;
}

/** Ranges that students chose themselves may overlap; assigned ones never do. */
function collisions(students: readonly Student[]): readonly StudentProblem[] {
  const chosen = students.flatMap((student) => {
    const text = ownBlock(student.settings);
    const block = text === undefined ? undefined : parseCidrBlock(text);
    return block === undefined ? [] : [{ student, text, block }];
  });
  return chosen.flatMap(({ student, text, block }, index) => {
    const other = chosen.slice(0, index).find((earlier) => overlap(earlier.block, block));
    if (other === undefined) return [];
    const allowed = `a range that overlaps no other; line ${other.student.line} has ${other.text ?? ""}`;
    const problem = problemOf(student, { field: "settings.network.cidrBlock", value: text, allowed });
    return [{ student, problem }];
  });
}

/** A target group's name is unique in an account and region. Names are generated unless the settings have one. */
function sharedTargetGroups(
  drafts: readonly Draft[],
  accountOf: ClassPlace["accountOf"],
): readonly StudentProblem[] {
  const users = new Map<string, Student>();
  return drafts.flatMap(({ student, region, groups: { fleet } }) => {
    const account = accountOf(student);
    const name = isRecord(fleet) ? fleet["targetGroupName"] : undefined;
    if (account === undefined || typeof name !== "string") return [];
    const place = `${account} in ${region}`;
    const other = users.get(`${name} ${place}`);
    if (other === undefined) {
      users.set(`${name} ${place}`, student);
      return [];
    }
    const allowed = `a name that no other student of account ${place} has (line ${other.line} has this one), or omitted for a generated name`;
    const problem = problemOf(student, { field: "settings.fleet.targetGroupName", value: name, allowed });
    return [{ student, problem }];
  });
}
