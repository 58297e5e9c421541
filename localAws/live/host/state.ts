import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { codeOf, Failure } from "../../../cli/failure";
import { parseJson } from "../../../cli/json";
import { defaultFolder } from "../../emulator";
import { filesIn, type LiveState, stateSchema } from "./layout";

/** The state that a host process wrote, if it still runs: another process may have its process id by now. */
export function readRunning(folder: string): LiveState | undefined {
  const { state: file } = filesIn(folder);
  const state = parseJson(stateSchema, unlessMissing(file));
  return state?.file === file && commandLineOf(state.pid).includes(state.id) ? state : undefined;
}

/** @throws Failure when no region runs for the folder. */
export function requireRunning(folder: string = defaultFolder): LiveState {
  const state = readRunning(folder);
  if (state !== undefined) return state;
  throw new Failure(`No machines run: no live region uses ${folder}.`, "Start it with `npm run local`.");
}

/** Writes the state as a whole: a reader never sees half of it. */
export function writeState(state: LiveState): void {
  const draft = `${state.file}.${state.pid}`;
  writeFileSync(draft, JSON.stringify(state));
  renameSync(draft, state.file);
}

export function removeState(folder: string): void {
  rmSync(filesIn(folder).state, { force: true });
}

/** The command line of a process; empty when it has ended. */
export function commandLineOf(pid: number): string {
  return unlessMissing(`/proc/${pid}/cmdline`);
}

function unlessMissing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return "";
    throw error;
  }
}
