import { LocalWorkspace, type ProjectSettings, type StackSettings } from "@pulumi/pulumi/automation";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { access, mkdir } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../cli/failure";
import { z } from "../cli/json";
import { forAccount } from "../components/settings/placeholderAccount";
import type { SettledFile } from "../config";
import type { Folders } from "./folders";
import { projectName, readStackFile, settingsFile } from "./settingsFile";

/** The copy of a stack's settings that the engine works with, and may write into. */
export interface SettingsCopy {
  readonly folder: string;
  /** E.g. `us-east-1`. */
  readonly region: string;
  /** The settings of `Pulumi.<stack>.yaml`, with the account's id instead of zeros in ARNs. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Copies the project's and the stack's settings into a folder of their own: the engine keeps its
 * secrets' key beside the settings, and the repository's files are for real accounts.
 *
 * @param accountId the account that the copy is for
 * @param settled the checked settings of the stack's file; default: reads and checks it
 *
 * @throws Failure, InvalidSettingsError when the stack's file is missing or wrong
 */
export async function copySettings(
  folders: Folders,
  stackName: string,
  accountId: string,
  pulumiCommand: PulumiCommand,
  settled?: SettledFile,
): Promise<SettingsCopy> {
  const source = await LocalWorkspace.create({ workDir: folders.project, pulumiCommand });
  const { config: given, region } = settled ?? (await readStackFile(folders, stackName));
  const config = forAccount(given, accountId);

  const folder = path.join(folders.stacks, stackName);
  await mkdir(folder, { recursive: true });
  const copy = await LocalWorkspace.create({ workDir: folder, pulumiCommand });
  await copy.saveProjectSettings({
    ...withPluginsFrom(folders.repository, await source.projectSettings()),
    name: projectName,
    main: folders.repository,
  });
  await copy.saveStackSettings(stackName, { ...(await keyOf(copy, folder, stackName)), config });
  return { folder, region, config };
}

const withPlugins = z.looseObject({
  plugins: z.looseObject({ providers: z.array(z.looseObject({ path: z.string() })).default([]) }),
});

/** The engine resolves the paths of the project's own providers from its file, and the copy is in another folder. */
function withPluginsFrom(folder: string, project: ProjectSettings): ProjectSettings {
  const { success, data } = withPlugins.safeParse(project);
  if (!success) return project;
  const providers = data.plugins.providers.map((each) => ({
    ...each,
    path: path.resolve(folder, each.path),
  }));
  return Object.assign(project, { plugins: { ...data.plugins, providers } });
}

/** The keys that the engine wrote into the copy earlier: it needs them to read the secrets in its state. */
async function keyOf(copy: LocalWorkspace, folder: string, stackName: string): Promise<StackSettings> {
  if (!(await exists(path.join(folder, settingsFile(stackName))))) return {};
  const settings = await copy.stackSettings(stackName);
  delete settings.config;
  return settings;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
