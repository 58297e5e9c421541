import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { databaseSettings } from "./components/database/settings";
import { networkSettings } from "./components/network/settings";
import { launcherSettings } from "./components/scheduledLauncher/settings";
import { newServers } from "./components/settings/afterUp";
import { tags } from "./components/settings/kinds";
import { parseSettings } from "./components/settings/parse";
import { fleetSettings } from "./components/wordpressFleet/settings";

/** Every setting of a stack, as it stands in `Pulumi.<stack>.yaml`. */
export const stackSettings = z
  .strictObject({
    network: networkSettings.prefault({}),
    database: databaseSettings.prefault({}),
    fleet: fleetSettings.prefault({}),
    launcher: launcherSettings.prefault({}),
    tags: tags()
      .default({})
      .describe("Tags of everything, besides Project, Stack and ManagedBy.")
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
  });

export type StackSettings = z.output<typeof stackSettings>;

/**
 * The settings of the stack that runs, read once.
 * @throws InvalidSettingsError that lists every wrong setting; nothing is registered before it.
 */
export function readSettings(): StackSettings {
  const config = new pulumi.Config();
  return parseSettings(settingsFileName(), stackSettings, givenSettings(config));
}

/** Whether something in the stack is protected from deletion. The whole stack then refuses `pulumi destroy`. */
export function isProtected({ database, fleet }: StackSettings): boolean {
  return database.deletionProtection || fleet.loadBalancerDeletionProtection || fleet.dataDeletionProtection;
}

/** Tags that everything in the stack carries: the policies ask for them, and a bill can be split by them. */
export function stackTags({ tags }: StackSettings): Readonly<Record<string, string>> {
  return { ...tags, ...identityTags() };
}

/** Those of them that no setting changes: by these the stack's resources are found in the account. */
export function identityTags(): Readonly<Record<string, string>> {
  return { Project: pulumi.getProject(), Stack: pulumi.getStack(), ManagedBy: "pulumi" };
}

/** Where a user finds the stack's settings, for errors. */
export const settingsFileName = () => `Pulumi.${pulumi.getStack()}.yaml`;

/** What stands under the project's name in the stack's file; a misspelt name too, so that it is refused. */
function givenSettings(config: pulumi.Config): Readonly<Record<string, unknown>> {
  const prefix = `${config.name}:`;
  const names = Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return Object.fromEntries(names.map((name) => [name, valueOf(config, name)]));
}

/** Groups are objects; a plain word in a group's place is kept as it is, for the schema to refuse. */
function valueOf(config: pulumi.Config, name: string): unknown {
  try {
    return config.getObject<unknown>(name);
  } catch (error) {
    if (error instanceof pulumi.RunError) return config.get(name);
    throw error;
  }
}
