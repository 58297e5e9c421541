import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import type { ClassFolder } from "../classFolder";
import { recordSchema } from "../record";
import { documentName, shownUrl } from "./backendUrl";
import type { ClassState, NoteName } from "./classState";
import { documentsIn, type Documents } from "./documents";
import { engineAccess } from "./engineAccess";
import { aloneOnThisMachine } from "./folderState";
import { leaseText } from "./lease";
import type { StateCli } from "./pulumiCli";
import { deploymentIn, exportedState, freeStack, importStack, sharedBackend } from "./sharedBackend";
import { guardOf, readLease, trySharedLock, type SharedLock } from "./sharedLock";

const blocksSchema = z.record(z.string(), z.string());

/** The names of a class's documents in a shared backend. */
export function documentNames(of: Pick<ClassFolder, "className" | "where">) {
  return {
    blocks: documentName(of, "addresses"),
    lock: documentName(of, "lock"),
    noteOf: (name: NoteName) => documentName(of, name),
    recordOf: (id: string) => documentName(of, `${id}.record`),
    lockOf: (id: string) => documentName(of, `${id}.lock`),
  };
}

/** A class whose state is in a backend of Pulumi's that several machines share. */
export function sharedState(cli: StateCli, place: ClassFolder): ClassState {
  const documents = documentsIn(cli);
  const names = documentNames(place);
  return {
    url: cli.url,
    checkpoint: (id) => exportedState(cli, id),
    deployment: (id) => deploymentIn(cli, id),
    record: async (id) => {
      const text = await documents.read(names.recordOf(id));
      return text === undefined ? undefined : parseJson(recordSchema, text);
    },
    saveRecord: (id, record) => save(documents, names.recordOf(id), JSON.stringify(record)),
    blocks: async () => {
      const text = (await documents.read(names.blocks)) ?? "";
      const blocks = text === "" ? {} : parseJson(blocksSchema, text);
      if (blocks !== undefined) return new Map(Object.entries(blocks));
      throw new Failure(
        `${names.blocks} in ${shownUrl(cli.url)} is not a JSON object of texts. It has the address range of each student.`,
        "Restore that stack of the backend. Without it the next up could replace parts of a student's stack.",
      );
    },
    saveBlocks: (blocks) => save(documents, names.blocks, JSON.stringify(Object.fromEntries(blocks))),
    note: (name) => documents.read(names.noteOf(name)),
    saveNote: (name, text) => save(documents, names.noteOf(name), text),
    importState: async (id, exported) => {
      await documents.create(id);
      await importStack(cli, id, exported);
    },
    foreignLock: async (id) => {
      const name = names.lockOf(id);
      if ((await documents.read(name)) === undefined) return undefined;
      const lease = await readLease(documents, name);
      return {
        text:
          lease === undefined ? "locked by a run that was killed before it wrote its name" : leaseText(lease),
        remove: async () => {
          await freeStack(cli, id);
          await documents.remove(guardOf(name, lease));
          await documents.remove(name);
        },
      };
    },
    backend: async (_, isOwn) => sharedBackend(cli, await engineAccess(cli.url, place.folder, isOwn)),
    alone: async (doing, work) => {
      const lock = await waitForSharedLock(documents, names.lock, doing);
      try {
        return await work();
      } finally {
        await lock.release();
      }
    },
    aloneFor: (id, doing, work, onLost) =>
      aloneOnThisMachine(place, id, doing, async () => {
        const lock = await trySharedLock({ documents, name: names.lockOf(id), doing, onLost });
        if (!("release" in lock)) {
          throw new Failure(
            `The student's stack is locked: ${leaseText(lock)}`,
            `Wait for that run to end. If it was killed: npm run students -- unlock ROSTER --only ${id}`,
          );
        }
        try {
          if (lock.wasAbandoned) await freeStack(cli, id);
          await work();
        } finally {
          await lock.release();
        }
      }),
  };
}

/** Writes a document, and creates it first if necessary. */
async function save(documents: Documents, name: string, text: string): Promise<void> {
  if ((await documents.read(name)) === undefined) await documents.create(name);
  await documents.write(name, text);
}

async function waitForSharedLock(documents: Documents, name: string, doing: string): Promise<SharedLock> {
  for (;;) {
    const lock = await trySharedLock({ documents, name, doing, onLost: () => undefined });
    if ("release" in lock) return lock;
    await sleep(500);
  }
}
