import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { databaseSettings } from "./components/database/settings";
import { networkSettings } from "./components/network/settings";
import { launcherSettings } from "./components/scheduledLauncher/settings";
import { newServers } from "./components/settings/afterUp";
import { type Config, misplacedKeys, settingsIn } from "./components/settings/namespace";
import { parseSettings, problemsIn } from "./components/settings/parse";
import { InvalidSettingsError } from "./components/settings/problem";
import { ownTags } from "./components/settings/tags";
import { fleetSettings } from "./components/wordpressFleet/settings";
import { identityTagsOf, problemsInPlace } from "./settingsInPlace";

/** Every setting of a stack, as it stands in `Pulumi.<stack>.yaml`. */
export const stackSettings = z
  .strictObject({
    network: networkSettings.prefault({}),
    database: databaseSettings.prefault({}),
    fleet: fleetSettings.prefault({}),
    launcher: launcherSettings.prefault({}),
    tags: ownTags()
      .default({})
      .describe("Tags of every resource of the stack, besides `Project`, `Stack` and `ManagedBy`.")
      .meta(newServers()),
  })
  .superRefine(({ network, fleet }, context) => {
    if (fleet.image.source === "bootstrap" && network.natGateways === "none") {
      context.addIssue({
        code: "custom",
        path: ["network", "natGateways"],
        message:
          "single or perAz, as fleet.image bootstrap installs packages at first boot; or fleet.image bake or existing",
      });
    }
    // An image of the user's own may let in otherwise; Debian's knows no other way than a key pair.
    const hasKey = fleet.keyPairName !== undefined || fleet.sshPublicKey !== undefined;
    if (hasKey || fleet.image.source === "existing") return;
    const withKey =
      "or together with fleet.sshPublicKey or fleet.keyPairName, as servers let no one in without a key";
    if (network.instanceConnectEndpoint === true) {
      context.addIssue({
        code: "custom",
        path: ["network", "instanceConnectEndpoint"],
        message: `left out or false; ${withKey}`,
      });
    }
    if (network.sshFrom.length > 0) {
      context.addIssue({ code: "custom", path: ["network", "sshFrom"], message: `[]; ${withKey}` });
    }
  });

export type StackSettings = z.output<typeof stackSettings>;

/**
 * The settings of the stack that runs, read once.
 * @throws InvalidSettingsError that lists every wrong setting; nothing is registered before it.
 */
export function readSettings(): StackSettings {
  const settings = settleSettings(settingsFileName(), givenConfig(), pulumi.getProject());
  const problems = problemsInPlace(settings, {
    ...placeOfStack(),
    region: configuredRegion(),
    defaultTags: configuredTags(),
  });
  if (problems.length === 0) return settings;
  throw new InvalidSettingsError(settingsFileName(), problems);
}

/**
 * The settings in the file of a stack, with all defaults.
 * @param subject the file, for the reader of an error.
 * @param project the project's name: a setting under it is a mistake.
 * @throws InvalidSettingsError that lists every wrong setting.
 */
export function settleSettings(subject: string, config: Config, project: string): StackSettings {
  const misplaced = misplacedKeys(config, Object.keys(stackSettings.shape), project);
  const known = Object.entries(config).filter(([key]) => misplaced.every(({ path }) => path !== key));
  const settings = settingsIn(Object.fromEntries(known));
  if (misplaced.length === 0) return parseSettings(subject, stackSettings, settings);
  throw new InvalidSettingsError(subject, [...misplaced, ...problemsIn(stackSettings, settings)]);
}

/** Whether something in the stack is protected from deletion. The whole stack then refuses `pulumi destroy`. */
export function isProtected({ database, fleet }: StackSettings): boolean {
  return database.deletionProtection || fleet.loadBalancerDeletionProtection || fleet.dataDeletionProtection;
}

/** Whether SSH goes through an Instance Connect Endpoint: as the settings say, else when they have a key for it. */
export function wantsConnectEndpoint({ network, fleet }: StackSettings): boolean {
  return network.instanceConnectEndpoint ?? fleet.sshPublicKey !== undefined;
}

/** Tags that everything in the stack carries: the policies ask for them, and a bill can be split by them. */
export function stackTags({ tags }: StackSettings): Readonly<Record<string, string>> {
  return { ...tags, ...identityTags() };
}

/** Those of them that no setting changes: by these the stack's resources are found in the account. */
export const identityTags = (): Readonly<Record<string, string>> => identityTagsOf(placeOfStack());

const placeOfStack = () => ({ project: pulumi.getProject(), stack: pulumi.getStack() });

/** Where a user finds the stack's settings, for errors. */
export const settingsFileName = () => `Pulumi.${pulumi.getStack()}.yaml`;

/** The aws provider's default tags; what is of another form is the provider's to refuse. */
function configuredTags(): Readonly<Record<string, string>> {
  const { data } = defaultTags.safeParse(new pulumi.Config("aws").getObject("defaultTags"));
  return data?.tags ?? {};
}

const defaultTags = z.object({ tags: z.record(z.string(), z.string()) });

/** The region as the aws provider finds it; `undefined` when only AWS's shared files have it. */
function configuredRegion(): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return [new pulumi.Config("aws").get("region"), AWS_REGION, AWS_DEFAULT_REGION].find(
    (region) => region !== undefined && region !== "",
  );
}

/** The stack's file as Pulumi hands it over: each value as text, objects as JSON. */
function givenConfig(): Config {
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig()).map(([key, text]) => [key, valueOf(text)]),
  );
}

/** Groups are objects; another text in a group's place is kept as it is, for the schema to refuse. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
