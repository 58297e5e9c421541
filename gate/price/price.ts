import { costOf, type Cost } from "../../components/cost/cost";
import { InvalidSettingsError } from "../../components/settings/problem";
import { readSettingsFile } from "../../components/settings/settingsFile";
import { settleFile } from "../../config";
import { readProjectFile } from "../../engine/projectFile";
import { settingsBytes, settingsFile } from "../../engine/settingsFile";
import type { StackPrice } from "../../policies/report/price";
import { settleInRegion } from "../../settingsInPlace";
import { priceOf, type PriceBefore } from "./change";
import { fileAt } from "./revision";

/**
 * The price of a stack's settings. Undefined for a stack without a file, or whose settings are wrong: its preview reports
 * them.
 *
 * @param project the folder with `Pulumi.yaml`
 * @param before the settings of a revision of Git, or the deployed stack's price by its outputs
 */
export async function stackPrice(
  project: string,
  stackName: string,
  before: { readonly revision: string } | { readonly deployed: number | undefined },
): Promise<StackPrice | undefined> {
  const now = await costIn(project, stackName, await settingsBytes(project, stackName));
  if (now === undefined) return undefined;
  if ("deployed" in before) {
    const { deployed } = before;
    return priceOf(now, deployed === undefined ? undefined : { of: "deployed", dollarsPerMonth: deployed });
  }
  return priceOf(now, await priceAt(before.revision, project, stackName));
}

async function priceAt(
  revision: string,
  project: string,
  stackName: string,
): Promise<PriceBefore | undefined> {
  const cost = await costIn(project, stackName, await fileAt(revision, project, settingsFile(stackName)));
  return cost === undefined ? undefined : { of: revision, dollarsPerMonth: cost.dollarsPerMonth, cost };
}

async function costIn(
  project: string,
  stack: string,
  bytes: Uint8Array | undefined,
): Promise<Cost | undefined> {
  if (bytes === undefined) return undefined;
  const { projectName, config } = await readProjectFile(project);
  try {
    const file = readSettingsFile(settingsFile(stack), bytes);
    const { settings, region } = settleFile(file, { project: projectName, stack }, config);
    return costOf(settleInRegion(settings, region));
  } catch (error) {
    if (error instanceof InvalidSettingsError) return undefined;
    throw error;
  }
}
