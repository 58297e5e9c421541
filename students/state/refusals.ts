import { Failure } from "../../cli/failure";
import type { ClassFolder } from "../classFolder";
import type { Command } from "../commandLine";
import type { Shard } from "../roster/shard";
import { shownUrl } from "./backendUrl";

/**
 * Refuses to split a class of real accounts over machines that do not share its state: each would lose the others' stacks,
 * and assign the same address ranges.
 * @throws Failure
 */
export function refuseLoneShard(shard: Shard | undefined, local: boolean, url: string | undefined): void {
  if (shard === undefined || local || url !== undefined) return;
  throw new Failure(
    `--shard ${shard.index}/${shard.of} splits the class over several machines, and its state is in a folder of this one.`,
    "Set PULUMI_BACKEND_URL to a state that all of them reach, e.g. s3://BUCKET; or omit --shard.",
  );
}

/**
 * Refuses a shared state beside stacks that only this machine's folder knows: `up` would create each a second time.
 * @param inFolder students whose stack only the folder has
 * @throws Failure
 */
export function refuseForgottenFolder(
  { className, folder }: Pick<ClassFolder, "className" | "folder">,
  url: string,
  command: Command,
  inFolder: readonly string[],
): void {
  if (inFolder.length === 0 || command === "adopt") return;
  const shown = inFolder.slice(0, 5).join(", ");
  const more = inFolder.length > 5 ? ` and ${inFolder.length - 5} more` : "";
  throw new Failure(
    `PULUMI_BACKEND_URL is set, and ${folder} has stacks of the class ${className} that ${shownUrl(url)} lacks: ${shown}${more}.`,
    "Move them with npm run students -- adopt ROSTER; or unset PULUMI_BACKEND_URL to work in the folder.",
  );
}

/**
 * Refuses another backend than that of the earlier runs.
 * @param before where the class's state was
 * @throws Failure
 */
export function refuseOtherBackend(
  { className }: Pick<ClassFolder, "className">,
  url: string,
  before: { readonly url: string; readonly file: string } | undefined,
): void {
  if (before === undefined || before.url === shownUrl(url)) return;
  throw new Failure(
    `The state of the class ${className} is in ${before.url}, and PULUMI_BACKEND_URL leads to ${shownUrl(url)}.`,
    `Set it as in the earlier runs. If the state was moved, remove ${before.file}.`,
  );
}
