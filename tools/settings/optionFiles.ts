import { databaseSettings } from "../../components/database/settings";
import { monitoringSettings } from "../../components/monitoring/settings";
import { networkSettings } from "../../components/network/settings";
import { launcherSettings } from "../../components/scheduledLauncher/settings";
import { lifetimeSettings } from "../../components/scheduledPause/settings";
import { fleetSettings } from "../../components/wordpressFleet/settings";
import { optionTypes, type OptionGroup } from "./optionTypes";

/** The components whose `options.ts` is generated from their settings. */
export const optionGroups: readonly OptionGroup[] = [
  { group: "network", prefix: "Network", folder: "network", schema: networkSettings },
  { group: "database", prefix: "Database", folder: "database", schema: databaseSettings },
  { group: "fleet", prefix: "Fleet", folder: "wordpressFleet", schema: fleetSettings },
  { group: "lifetime", prefix: "Lifetime", folder: "scheduledPause", schema: lifetimeSettings },
  { group: "monitoring", prefix: "Monitoring", folder: "monitoring", schema: monitoringSettings },
  { group: "launcher", prefix: "Launcher", folder: "scheduledLauncher", schema: launcherSettings },
];

/** The files by their paths in the repository, with the content that they should have. */
export async function currentOptionFiles(): Promise<ReadonlyMap<string, string>> {
  const files = optionGroups.map(
    async (each) => [`components/${each.folder}/options.ts`, await optionTypes(each)] as const,
  );
  return new Map(await Promise.all(files));
}
