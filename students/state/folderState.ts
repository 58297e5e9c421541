import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { tryLock, waitForLock } from "../../cli/lock";
import { readCheckpoint } from "../../engine/checkpoint";
import { foldersOf } from "../../engine/folders";
import { readStateFile } from "../../engine/runningStack/stateFile";
import { projectName } from "../../engine/settingsFile";
import { folderBackend } from "../../engine/stateBackend";
import { readGiven, writeGiven, type ClassFolder } from "../classFolder";
import { readRecord, writeRecord } from "../record";
import type { ClassState, NoteName } from "./classState";

/** A class whose state is in a folder of this machine. */
export function folderState(place: ClassFolder): ClassState {
  const foldersIn = (id: string) => {
    const folder = place.ofStudent(id);
    return foldersOf({ repository: folder, local: folder });
  };
  return {
    url: undefined,
    checkpoint: (id) => readCheckpoint(foldersIn(id), projectName, id),
    deployment: (id) => readStateFile(foldersIn(id), id, "npm run students -- up"),
    record: (id) => readRecord(place.ofStudent(id)),
    saveRecord: (id, record) => writeRecord(place.ofStudent(id), record),
    blocks: () => readGiven(place),
    saveBlocks: (blocks) => writeGiven(place, blocks),
    note: (name) => readNoteFile(place, name),
    saveNote: (name, text) => writeNoteFile(place, name, text),
    importState: () =>
      Promise.reject(
        new Failure(
          "The class's state is in a folder of this machine.",
          "Set PULUMI_BACKEND_URL to move it to a shared backend.",
        ),
      ),
    // The lock of a process that has ended is free by itself.
    foreignLock: () => Promise.resolve(undefined),
    backend: (folders) => folderBackend(folders),
    alone: async (doing, work) => {
      const lock = await waitForLock(path.join(place.folder, "addresses.lock"), doing, () => undefined);
      try {
        return await work();
      } finally {
        await lock.release();
      }
    },
    aloneFor: (id, doing, work) => aloneOnThisMachine(place, id, doing, work),
  };
}

async function readNoteFile({ folder }: ClassFolder, name: NoteName): Promise<string | undefined> {
  try {
    return await readFile(path.join(folder, `${name}.json`), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces the file in one step, so that a killed run leaves it whole. */
async function writeNoteFile({ folder }: ClassFolder, name: NoteName, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  await writeFile(`${file}.${process.pid}`, text, { mode: 0o600 });
  await rename(`${file}.${process.pid}`, file);
}

/** @throws Failure when another process of this machine works for the student */
export async function aloneOnThisMachine(
  place: ClassFolder,
  id: string,
  doing: string,
  work: () => Promise<void>,
): Promise<void> {
  const lock = await tryLock(path.join(place.ofStudent(id), "lock.json"), doing);
  if (!("release" in lock)) {
    throw new Failure(
      `Process ${lock.pid} ${lock.doing} for this student, since ${lock.since}.`,
      "Wait for it to end, or stop it with Ctrl-C in its terminal.",
    );
  }
  try {
    await work();
  } finally {
    await lock.release();
  }
}
