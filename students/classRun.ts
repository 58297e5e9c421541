import { readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../cli/failure";
import { waitForLock } from "../cli/lock";
import { InvalidSettingsError } from "../components/settings/problem";
import { settingsFile } from "../engine/settingsFile";
import { accountIdOf } from "../localAws/accounts";
import { classFolder, readGiven, writeGiven, type ClassFolder } from "./classFolder";
import type { Invocation } from "./commandLine";
import { ClassMistakesError } from "./mistakes";
import { decodeRoster } from "./roster/decode";
import { InvalidRosterError } from "./roster/entry";
import { readRoster, type Student } from "./roster/roster";
import { inShard } from "./roster/shard";
import { classSettingsStack, readClassSettings, type ClassSettings } from "./settings/classSettings";
import { readStacks, type ClassPlace, type ReadStacks, type StudentStack } from "./settings/studentSettings";

export const repository = path.resolve(__dirname, "..");

/** A class after its roster and settings were read and checked. */
export interface ClassRun {
  readonly place: ClassFolder;
  /** The folder of all files that runs create. */
  readonly localFolder: string;
  /** The stacks of the requested students. */
  readonly stacks: readonly StudentStack[];
  /** The ids of all students of the roster. */
  readonly ids: readonly string[];
  /** All students of the roster, also those who are not asked about. */
  readonly students: readonly Student[];
  readonly accountOf: (student: Student) => string | undefined;
}

/**
 * Reads the roster and the class's settings, and assigns each student an address range to keep.
 * @throws Failure; ClassMistakesError that lists everything wrong with both. Nothing was changed then.
 */
export async function openClass(invocation: Invocation): Promise<ClassRun> {
  const { roster: file, only, shard, local } = invocation;
  const place = classFolder(localFolder(invocation), file, local ? "local" : "aws");
  const { roster, problems: inRoster } = readRoster(file, await textOf(file));
  const strangers = (only ?? []).filter((id) => !roster.students.some((student) => student.id === id));
  // A student with a mistake may be one of them.
  if (strangers.length > 0 && inRoster.length === 0) {
    throw new Failure(`--only: ${file} has no student ${strangers.join(", ")}.`, "Give ids from the roster.");
  }
  const classSettings = await settingsOrMistakes();
  const settings = classSettings instanceof InvalidSettingsError ? undefined : classSettings;
  const accountOf = (student: Student) =>
    local ? accountIdOf(`${place.className}/${student.id}`) : student.account;
  const { stacks, problems } = await keepingGiven(place, (given) => {
    const read = readStacks(roster, settings, { className: place.className, accountOf, ...given });
    return { ...read, problems: [...inRoster, ...read.problems] };
  });
  const ofShard = inShard(roster.students, shard).map(({ id }) => id);
  const asked = new Set(only === undefined ? ofShard : ofShard.filter((id) => only.includes(id)));
  const run = {
    place,
    ids: roster.students.map(({ id }) => id),
    students: roster.students,
    localFolder: localFolder(invocation),
    accountOf,
    stacks: stacks.filter(({ student }) => asked.has(student.id)),
  };
  const mistakes = [
    ...(classSettings instanceof InvalidSettingsError ? [classSettings] : []),
    ...(problems.length === 0 ? [] : [new InvalidRosterError(file, problems)]),
  ];
  if (mistakes.length > 0) throw new ClassMistakesError(mistakes, run);
  return run;
}

async function settingsOrMistakes(): Promise<ClassSettings | InvalidSettingsError> {
  try {
    return await readClassSettings(path.join(repository, settingsFile(classSettingsStack)));
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error;
    throw error;
  }
}

/** The folder of all files that runs create. */
export function localFolder({ folder }: Invocation): string {
  return folder === undefined ? path.join(repository, ".local") : path.resolve(folder);
}

async function textOf(file: string): Promise<string> {
  try {
    return decodeRoster(file, await readFile(file));
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "EISDIR") throw error;
    throw new Failure(
      `The roster ${file} does not exist.`,
      "Name a CSV or YAML file; students/README.md shows one.",
      {
        cause: error,
      },
    );
  }
}

/** The address ranges that earlier runs assigned. */
type Given = Pick<ClassPlace, "takenBlocks">;

/** Only one run at a time assigns address ranges, so that no two students get the same one. */
async function keepingGiven(place: ClassFolder, settle: (given: Given) => ReadStacks): Promise<ReadStacks> {
  const lock = await waitForLock(
    path.join(place.folder, "addresses.lock"),
    "assigns address ranges",
    () => undefined,
  );
  try {
    const takenBlocks = await readGiven(place);
    const read = settle({ takenBlocks });
    if (read.problems.length > 0) return read;
    const blocks = read.stacks.map(
      ({ student, settings }) => [student.id, settings.network.cidrBlock] as const,
    );
    await writeGiven(place, new Map([...takenBlocks, ...blocks]));
    return read;
  } finally {
    await lock.release();
  }
}
