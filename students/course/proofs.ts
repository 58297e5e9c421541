import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import type { GradedExercise } from "../grade/grading";

const proofsSchema = z.record(z.string(), z.iso.datetime());

/** When exercises with an act passed, by their id. */
export type Proofs = ReadonlyMap<string, Date>;

/** The proofs of an account. A file that is not readable has none: the next `--act` proves them again. */
export async function readProofs(folder: string): Promise<Proofs> {
  try {
    const proofs = parseJson(proofsSchema, await readFile(fileIn(folder), "utf8")) ?? {};
    return new Map(Object.entries(proofs).map(([id, at]) => [id, new Date(at)]));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return new Map();
    throw error;
  }
}

/** The proofs after a grading with `--act`: a failed exercise loses its former proof. */
export function provedBy(before: Proofs, graded: readonly GradedExercise[], now: Date): Proofs {
  const proofs = new Map(before);
  for (const { exercise, result } of graded) {
    if (!exercise.act) continue;
    if (result.state === "passed") proofs.set(exercise.id, now);
    if (result.state === "failed") proofs.delete(exercise.id);
  }
  return proofs;
}

export async function writeProofs(folder: string, proofs: Proofs): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = fileIn(folder);
  const draft = `${file}.${process.pid}`;
  const content = Object.fromEntries([...proofs].map(([id, at]) => [id, at.toISOString()]));
  await writeFile(draft, JSON.stringify(content, undefined, 2));
  await rename(draft, file);
}

function fileIn(folder: string): string {
  return path.join(folder, "proofs.json");
}
