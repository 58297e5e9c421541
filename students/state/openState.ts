import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { sharedCache } from "../../cli/sharedCache";
import type { Steps } from "../../cli/steps";
import { findPulumi } from "../../engine/pulumiCli/command";
import type { ClassFolder } from "../classFolder";
import { classBackendUrl, shownUrl } from "./backendUrl";
import type { ClassState } from "./classState";
import { folderState } from "./folderState";
import { openStateCli, type StateCli } from "./pulumiCli";
import { sharedState } from "./sharedState";

/**
 * The state of a class: shared when `PULUMI_BACKEND_URL` is set, else in the class's folder.
 * @throws Failure when the variable has no backend of Pulumi's, or lacks after runs that used it
 */
export async function openClassState(place: ClassFolder, steps: Steps): Promise<ClassState> {
  const url = classBackendUrl(process.env["PULUMI_BACKEND_URL"], place);
  if (url === undefined) {
    await refuseForgottenUrl(place);
    return folderState(place);
  }
  const cli = await openCli(url, place.folder, steps);
  await keepUrl(place, url);
  return sharedState(cli, place);
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
  const file = urlFile(place);
  try {
    const url = (await readFile(file, "utf8")).trim();
    throw new Failure(
      `The state of the class ${place.className} is in ${shownUrl(url)}, and PULUMI_BACKEND_URL is not set.`,
      `Set it as in the earlier runs. If the shared state is no longer used, remove ${file}.`,
    );
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
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
