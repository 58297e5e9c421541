import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { sharedCache } from "../../cli/sharedCache";
import type { Steps } from "../../cli/steps";
import { findPulumi } from "../../engine/pulumiCli/command";
import type { ClassFolder } from "../classFolder";
import type { Command } from "../commandLine";
import { mapLimited } from "../pool/mapLimited";
import { classBackendUrl, shownUrl } from "./backendUrl";
import type { ClassState } from "./classState";
import { folderState } from "./folderState";
import { hasResources } from "./moveStates";
import { openStateCli, type StateCli } from "./pulumiCli";
import { refuseForgottenFolder, refuseOtherBackend } from "./refusals";
import { sharedState } from "./sharedState";

/** What is going to happen with a class's state. */
export interface StateUse {
  readonly command: Command;
  /** All students of the roster. */
  readonly ids: readonly string[];
}

/**
 * The state of a class: shared when `PULUMI_BACKEND_URL` is set, else in the class's folder.
 * @param use undefined for one student of a class that was opened before
 * @throws Failure when the variable has no backend of Pulumi's, or lacks after runs that used it; or when it
 * leads to another state than that of the earlier runs
 */
export async function openClassState(place: ClassFolder, steps: Steps, use?: StateUse): Promise<ClassState> {
  const url = classBackendUrl(process.env["PULUMI_BACKEND_URL"], place);
  if (url === undefined) {
    await refuseForgottenUrl(place);
    return folderState(place);
  }
  refuseOtherBackend(place, url, await knownUrl(place));
  const state = sharedState(await openCli(url, place.folder, steps), place);
  if (use !== undefined) {
    refuseForgottenFolder(place, url, use.command, await onlyInFolder(place, state, use.ids));
  }
  await keepUrl(place, url);
  return state;
}

/** Students whose stack this machine's folder has, and the shared state has not. */
async function onlyInFolder(
  place: ClassFolder,
  state: ClassState,
  ids: readonly string[],
): Promise<readonly string[]> {
  const folder = folderState(place);
  const lacking = await mapLimited(ids, async (id) => {
    if (!(await hasResources(folder, id))) return [];
    return ((await state.checkpoint(id))?.resources.length ?? 0) > 0 ? [] : [id];
  });
  return lacking.flat();
}

/** Pulumi's CLI on a class's shared state. */
export async function openCli(url: string, classFolder: string, steps: Steps): Promise<StateCli> {
  const { command } = await findPulumi(sharedCache(process.env), steps);
  return openStateCli({
    command,
    url,
    folder: path.join(classFolder, "documents"),
    environment: process.env,
  });
}

/** Without the variable, `up` would create each stack a second time. */
async function refuseForgottenUrl(place: ClassFolder): Promise<void> {
  const known = await knownUrl(place);
  if (known === undefined) return;
  throw new Failure(
    `The state of the class ${place.className} is in ${known.url}, and PULUMI_BACKEND_URL is not set.`,
    `Set it as in the earlier runs. If the shared state is no longer used, remove ${known.file}.`,
  );
}

/** Where the earlier runs had the state; undefined: in the folder, or nowhere. */
async function knownUrl(
  place: ClassFolder,
): Promise<{ readonly url: string; readonly file: string } | undefined> {
  const file = urlFile(place);
  try {
    return { url: (await readFile(file, "utf8")).trim(), file };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function keepUrl(place: ClassFolder, url: string): Promise<void> {
  await mkdir(place.folder, { recursive: true });
  await writeFile(urlFile(place), `${shownUrl(url)}\n`);
}

/** Reminds later runs of the shared state. */
function urlFile({ folder }: ClassFolder): string {
  return path.join(folder, "backend.txt");
}
