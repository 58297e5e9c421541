import { readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../cli/failure";
import { quietSteps } from "../cli/steps";
import { InvalidSettingsError } from "../components/settings/problem";
import { settingsFile } from "../engine/settingsFile";
import { accountIdOf } from "../localAws/accounts";
import { classFolder, type ClassFolder } from "./classFolder";
import type { Invocation } from "./commandLine";
import { decodeRoster } from "./roster/decode";
import { InvalidRosterError } from "./roster/entry";
import { readRoster, type Student } from "./roster/roster";
import { inShard } from "./roster/shard";
import { classSettingsStack, readClassSettings, type ClassSettings } from "./settings/classSettings";
import { readStacks, type ReadStacks, type StudentStack } from "./settings/studentSettings";
import type { ClassState } from "./state/classState";
import { openClassState } from "./state/openState";
import { refuseLoneShard } from "./state/refusals";

export const repository = path.resolve(__dirname, "..");

/** A class after its roster and settings were read and checked. */
export interface ClassRun {
  readonly place: ClassFolder;
  /** What the class keeps between runs. */
  readonly state: ClassState;
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

/** All mistakes in a class's settings and its roster at once. Nothing was changed. */
export class ClassMistakesError extends Error {
  override readonly name = "ClassMistakesError";

  /** @param rest the students without mistakes: only policies can find more */
  constructor(
    errors: readonly (InvalidRosterError | InvalidSettingsError)[],
    readonly rest: ClassRun,
  ) {
    super(errors.map(({ message }) => message).join("\n"));
  }
}

/**
 * Reads the roster and the class's settings, and assigns each student an address range to keep.
 * @throws Failure; ClassMistakesError that lists everything wrong with both. Nothing was changed then.
 */
export async function openClass(invocation: Invocation, steps = quietSteps): Promise<ClassRun> {
  const { roster: file, only, shard, local, command } = invocation;
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
  const ids = roster.students.map(({ id }) => id);
  const state = await openClassState(place, steps, { command, ids });
  refuseLoneShard(shard, local, state.url);
  const { stacks, problems } = await keepingBlocks(state, (takenBlocks) => {
    const read = readStacks(roster, settings, { className: place.className, accountOf, takenBlocks });
    return { ...read, problems: [...inRoster, ...read.problems] };
  });
  const ofShard = inShard(roster.students, shard).map(({ id }) => id);
  const asked = new Set(only === undefined ? ofShard : ofShard.filter((id) => only.includes(id)));
  const run = {
    place,
    ids,
    students: roster.students,
    state,
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

/** Only one run at a time assigns address ranges, so that no two students get the same one. */
async function keepingBlocks(
  state: ClassState,
  settle: (takenBlocks: ReadonlyMap<string, string>) => ReadStacks,
): Promise<ReadStacks> {
  const taken = await state.blocks();
  const read = settle(taken);
  if (read.problems.length > 0 || blocksOf(read).every(([id, block]) => taken.get(id) === block)) return read;
  return state.alone("assigns address ranges", async () => {
    const takenBlocks = await state.blocks();
    const settled = settle(takenBlocks);
    if (settled.problems.length > 0) return settled;
    await state.saveBlocks(new Map([...takenBlocks, ...blocksOf(settled)]));
    return settled;
  });
}

function blocksOf({ stacks }: ReadStacks): readonly (readonly [string, string])[] {
  return stacks.map(({ student, settings }) => [student.id, settings.network.cidrBlock] as const);
}
