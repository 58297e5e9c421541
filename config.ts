import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { judge, type Origin } from "./components/settings/judge";
import { type Config, namespace } from "./components/settings/namespace";
import { InvalidSettingsError, type Problem } from "./components/settings/problem";
import { withoutEncrypted } from "./components/settings/secrets";
import type { SettingsFile } from "./components/settings/settingsFile";
import { configIn, withLines } from "./components/settings/stackFile";
import { identityTagsOf, problemsInPlace, type StackPlace } from "./settingsInPlace";
import { stackSettings, type StackSettings } from "./stackSettings";

export { stackSettings, type StackSettings };

/**
 * Reads the settings of the running stack.
 * @param file the stack's file, for the lines in an error and for the digits of numbers; default: not known.
 * @throws InvalidSettingsError that lists every wrong setting. Nothing is registered then.
 */
export function readSettings(file?: SettingsFile): StackSettings {
  const project = pulumi.getProject();
  const form = file === undefined ? [] : configIn(file, project).problems;
  const { settings, problems } = settle(givenConfig(), {
    origin: { project, file },
    place: { ...placeOfRun(), region: configuredRegion() },
  });
  if (settings !== undefined && form.length === 0) return settings;
  throw new InvalidSettingsError(settingsFileName(), withLines([...form, ...problems], file));
}

/** The result of checking a stack's file before the engine starts. */
export interface SettledFile {
  readonly settings: StackSettings;
  readonly region: string;
  /** The keys and values of the file, as Pulumi reads them. */
  readonly config: Config;
}

/**
 * The settings in a stack's file, with all defaults. The file must name the region.
 * @param place the project of the file's folder, and the stack; without a stack, the file is for several stacks.
 * @param defaults values of keys that the file does not have, from the project's file.
 * @throws InvalidSettingsError that lists every problem of the file, each with its line.
 */
export function settleFile(
  file: SettingsFile,
  { project, stack }: { readonly project: string; readonly stack?: string },
  defaults: Config = {},
): SettledFile {
  const form = configIn(file, project);
  if (form.config === undefined) throw new InvalidSettingsError(file.name, form.problems);
  const config = { ...defaults, ...form.config };
  const region = regionIn(config);
  const ofRegion = config["aws:region"] === undefined ? [noRegion] : [];
  const { settings, groups, problems } = settle(config, {
    origin: { project, file },
    place:
      stack === undefined
        ? undefined
        : { project, stack, region, defaultTags: tagsIn(config["aws:defaultTags"]) },
  });
  const all = [...form.problems, ...ofRegion, ...withoutEncrypted(problems, form.config)];
  if (settings === undefined || region === undefined || all.length > 0) {
    throw new InvalidSettingsError(file.name, withLines(all, file));
  }
  const ours = Object.entries(groups).map(([name, value]) => [`${namespace}:${name}`, value] as const);
  return { settings, region, config: { ...config, ...Object.fromEntries(ours) } };
}

const noRegion: Problem = { path: "aws:region", value: undefined, allowed: "an AWS region, e.g. us-east-1" };

/** Checks the keys and the values; when they are right, the values in their project, stack and region. */
function settle(
  config: Config,
  { origin, place }: { readonly origin: Origin; readonly place: StackPlace | undefined },
) {
  const judged = judge(stackSettings, config, origin);
  if (judged.settings === undefined || place === undefined) return judged;
  const problems = problemsInPlace(judged.settings, place);
  return problems.length === 0 ? judged : { ...judged, settings: undefined, problems };
}

/** Whether a setting enables deletion protection. The whole stack then refuses `pulumi destroy`. */
export function isProtected({ database, fleet }: StackSettings): boolean {
  return database.deletionProtection || fleet.loadBalancerDeletionProtection || fleet.dataDeletionProtection;
}

/** Whether to create an Instance Connect Endpoint. By default, with an SSH key in the settings. */
export function wantsConnectEndpoint({ network, fleet }: StackSettings): boolean {
  return network.instanceConnectEndpoint ?? fleet.sshPublicKey !== undefined;
}

/** Tags of every resource of the stack. The policies require them, and they can split a bill. */
export function stackTags({ tags }: StackSettings): Readonly<Record<string, string>> {
  return { ...tags, ...identityTagsOf(placeOfRun()) };
}

/** The project, the stack and the provider's tags of this run. The region may be known only to AWS. */
export const placeOfRun = () => ({
  project: pulumi.getProject(),
  stack: pulumi.getStack(),
  defaultTags: configuredTags(),
});

/** The name of the stack's file, for errors. */
export const settingsFileName = () => `Pulumi.${pulumi.getStack()}.yaml`;

function configuredTags(): Readonly<Record<string, string>> {
  return tagsIn(new pulumi.Config("aws").getObject("defaultTags"));
}

/** The aws provider's default tags; the provider refuses a value of another form. */
function tagsIn(value: unknown): Readonly<Record<string, string>> {
  return defaultTags.safeParse(value).data?.tags ?? {};
}

function regionIn(config: Config): string | undefined {
  const region = config["aws:region"];
  return typeof region === "string" ? region : undefined;
}

const defaultTags = z.object({ tags: z.record(z.string(), z.string()) });

/** The region of the aws provider; `undefined` when only AWS's shared configuration files have it. */
function configuredRegion(): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return [new pulumi.Config("aws").get("region"), AWS_REGION, AWS_DEFAULT_REGION].find(
    (region) => region !== undefined && region !== "",
  );
}

/** The configuration as Pulumi passes it to the program: each value as text, objects as JSON. */
function givenConfig(): Config {
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig()).map(([key, text]) => [key, valueOf(text)]),
  );
}

/** Groups are JSON objects. Any other text is returned as it is, so that the schema refuses it. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
