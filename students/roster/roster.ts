import { z } from "zod";

import { instant, text } from "../../components/settings/kinds";
import { merge } from "../settings/merge";
import { readCsvEntries } from "./csv";
import {
  InvalidRosterError,
  problemAt,
  type RosterEntries,
  type RosterEntry,
  type RosterProblem,
} from "./entry";
import type { Places } from "./place";
import { readYamlEntries } from "./yaml";

/** The source of a student's credentials; they are read when needed and never stored. */
export type CredentialsSource =
  | { readonly kind: "profile"; readonly profile: string }
  | { readonly kind: "role"; readonly roleArn: string }
  | { readonly kind: "environmentFile"; readonly path: string };

const student = z.strictObject({
  /** Names the stack and tags its resources; a student number is an id. Physical names do not contain it. */
  id: text(/[a-z0-9][a-z0-9-]{0,18}[a-z0-9]/, "2 to 20 of a-z, 0-9 and -, no - at the start or end"),
  /** The name in any script. */
  name: text(/(?=.*\S)[^\p{Cc}]{1,100}/u, "1 to 100 characters"),
  /** The AWS account that the credentials must be for. */
  account: text(/\d{12}/, "an AWS account's 12 digits").optional(),
  profile: text(/[^\s]{1,100}/, "a profile of the AWS CLI's").optional(),
  role: text(/arn:aws[a-z-]*:iam::\d{12}:role\/.+/, "the ARN of a role to assume").optional(),
  environmentFile: text(/[^\0]{1,4096}/, "a file with AWS_ACCESS_KEY_ID and so on").optional(),
  region: text(/[a-z]{2}(?:-[a-z]+)+-\d/, "an AWS region, e.g. us-east-1").optional(),
  /** What the account may cost in all, in US dollars. */
  budgetDollars: text(/(?!0+(?:\.0+)?$)\d{1,6}(?:\.\d{1,2})?/, "US dollars, e.g. 50 or 12.50").optional(),
  /** When the stack pauses itself, and the guard pauses the account. */
  endsAt: instant().optional(),
  settings: z
    .record(z.string(), z.unknown(), { error: "settings by group, as in a stack's file" })
    .default({}),
});

export interface Student {
  readonly id: string;
  readonly name: string;
  readonly account: string | undefined;
  readonly credentials: CredentialsSource | undefined;
  readonly region: string | undefined;
  /** What the account may cost in all, in US dollars. @default no limit */
  readonly budgetDollars?: number | undefined;
  /** The student's own settings, by group. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The student's line in the roster, for messages. */
  readonly line: number;
  /** The places of the student's values in the roster, for messages; default: unknown. */
  readonly places?: Places;
}

export interface Roster {
  readonly file: string;
  readonly students: readonly Student[];
}

/** A roster's students without mistakes, and all mistakes of the others. */
export interface ReadRoster {
  readonly roster: Roster;
  readonly problems: readonly RosterProblem[];
}

/**
 * A class's roster, as far as it is right.
 * @param file its name; `.yaml` and `.yml` are YAML, everything else is CSV.
 */
export function readRoster(file: string, content: string): ReadRoster {
  const { entries, problems } = readEntries(file, content);
  const repeated = duplicates(entries);
  const results = entries.map((entry) => {
    const { student: read, problems: own } = checkEntry(entry);
    const all = [...own, ...(repeated.get(entry) ?? [])];
    return { students: read === undefined || all.length > 0 ? [] : [read], problems: all };
  });
  return {
    roster: { file, students: results.flatMap(({ students }) => students) },
    problems: [
      ...problems,
      ...(entries.length + problems.length === 0 ? [noStudents] : []),
      ...results.flatMap((result) => result.problems),
    ],
  };
}

/** The same. @throws InvalidRosterError that lists every mistake in it with its place. */
export function parseRoster(file: string, content: string): Roster {
  const { roster, problems } = readRoster(file, content);
  if (problems.length > 0) throw new InvalidRosterError(file, problems);
  return roster;
}

function readEntries(file: string, content: string): RosterEntries {
  try {
    return /\.ya?ml$/.test(file) ? readYamlEntries(file, content) : readCsvEntries(file, content);
  } catch (error) {
    if (!(error instanceof InvalidRosterError)) throw error;
    return { entries: [], problems: error.problems };
  }
}

const noStudents: RosterProblem = {
  line: 1,
  field: "",
  value: undefined,
  allowed: "a header with id and name, and at least one student",
};

function checkEntry(entry: RosterEntry): {
  student?: Student;
  problems: readonly RosterProblem[];
} {
  const { line, fields, places } = entry;
  const parsed = student.safeParse(fields);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => toProblems(issue, entry)) };
  const { profile, role, environmentFile, account, region, id, name, budgetDollars, endsAt } = parsed.data;
  const lifetime = endsAt === undefined ? {} : { lifetime: { endsAt } };
  const sources: CredentialsSource[] = [
    ...(profile === undefined ? [] : [{ kind: "profile" as const, profile }]),
    ...(role === undefined ? [] : [{ kind: "role" as const, roleArn: role }]),
    ...(environmentFile === undefined ? [] : [{ kind: "environmentFile" as const, path: environmentFile }]),
  ];
  const problems: RosterProblem[] =
    sources.length <= 1
      ? []
      : [
          problemAt(entry, {
            field: "credentials",
            value: sources.map(({ kind }) => kind).join(", "),
            allowed: "one of profile, role and environmentFile",
          }),
        ];
  return {
    student: {
      id,
      name,
      account,
      credentials: sources[0],
      region,
      settings: merge(lifetime, parsed.data.settings),
      line,
      places,
      ...(budgetDollars === undefined ? {} : { budgetDollars: Number(budgetDollars) }),
    },
    problems,
  };
}

function toProblems(issue: z.core.$ZodIssue, entry: RosterEntry): RosterProblem[] {
  const { fields } = entry;
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(student.shape).join(", ");
    return issue.keys.map((key) =>
      problemAt(entry, { field: key, value: fields[key], allowed: `one of ${known}` }),
    );
  }
  const field = issue.path.map(String).join(".");
  return [problemAt(entry, { field, value: fields[String(issue.path[0])], allowed: issue.message })];
}

/** Ids name stacks, and many systems treat `A` and `a` as equal. */
function duplicates(entries: readonly RosterEntry[]): ReadonlyMap<RosterEntry, readonly RosterProblem[]> {
  const firstLine = new Map<string, number>();
  return new Map(
    entries.flatMap((entry) => {
      const { line, fields } = entry;
      const { id } = fields;
      if (typeof id !== "string") return [];
      const first = firstLine.get(id.toLowerCase());
      if (first === undefined) {
        firstLine.set(id.toLowerCase(), line);
        return [];
      }
      const allowed = `an id of its own; line ${String(first)} has it`;
      return [[entry, [problemAt(entry, { field: "id", value: id, allowed })]] as const];
    }),
  );
}
