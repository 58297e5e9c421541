import { LocalWorkspace, type ProjectSettings, type StackSettings } from "@pulumi/pulumi/automation";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { access, mkdir } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../failure";
import type { Folders } from "../folders";
import { z } from "../json";
import { forAccount } from "../placeholderAccount";
import { projectName, settingsFile } from "./settingsFile";

/** The copy of a stack's settings that the engine works with, and may write into. */
export interface SettingsCopy {
  readonly folder: string;
  /** The settings as they stand in `Pulumi.<stack>.yaml`, with the account in the place of zeros in ARNs. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Copies the project's and the stack's settings into a folder of their own: the engine keeps its
 * secrets' key beside the settings, and the repository's files are for real accounts.
 *
 * @param accountId the account that the copy is for
 *
 * @throws Failure when the stack has secrets that only its own backend can read
 */
export async function copySettings(
  folders: Folders,
  stackName: string,
  accountId: string,
  pulumiCommand: PulumiCommand,
): Promise<SettingsCopy> {
  const source = await LocalWorkspace.create({ workDir: folders.project, pulumiCommand });
  const config = forAccount(configOf(await source.stackSettings(stackName)), accountId);
  refuseSecrets(settingsFile(stackName), config);

  const folder = path.join(folders.stacks, stackName);
  await mkdir(folder, { recursive: true });
  const copy = await LocalWorkspace.create({ workDir: folder, pulumiCommand });
  await copy.saveProjectSettings({
    ...withPluginsFrom(folders.repository, await source.projectSettings()),
    name: projectName,
    main: folders.repository,
  });
  await copy.saveStackSettings(stackName, { ...(await keyOf(copy, folder, stackName)), config });
  return { folder, config };
}

const withPlugins = z.looseObject({
  plugins: z.looseObject({ providers: z.array(z.looseObject({ path: z.string() })).default([]) }),
});

/** The engine looks for the project's own providers from where its file is: the copy is in another place. */
function withPluginsFrom(folder: string, project: ProjectSettings): ProjectSettings {
  const { success, data } = withPlugins.safeParse(project);
  if (!success) return project;
  const providers = data.plugins.providers.map((each) => ({
    ...each,
    path: path.resolve(folder, each.path),
  }));
  return Object.assign(project, { plugins: { ...data.plugins, providers } });
}

function configOf(settings: StackSettings): Record<string, unknown> {
  return { ...settings.config };
}

/** What the engine wrote into the copy before, without which it could not read its own state's secrets. */
async function keyOf(copy: LocalWorkspace, folder: string, stackName: string): Promise<StackSettings> {
  if (!(await exists(path.join(folder, settingsFile(stackName))))) return {};
  const settings = await copy.stackSettings(stackName);
  delete settings.config;
  return settings;
}

function refuseSecrets(file: string, config: Readonly<Record<string, unknown>>): void {
  const secrets = Object.keys(config).filter((key) => hasSecret(config[key]));
  if (secrets.length === 0) return;
  throw new Failure(
    `${file} holds encrypted values that only its own account can read: ${secrets.join(", ")}.`,
    "Try the stack here without them: copy the file under another name and give plain values.",
  );
}

function hasSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(hasSecret);
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
