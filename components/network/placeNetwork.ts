import { InvalidSettingsError } from "../settings/problem";
import { findLiveNetworks } from "./liveNetwork";
import {
  findDatabaseOffer,
  findRegionZones,
  findServerOffers,
  type DatabaseServer,
  type Servers,
} from "./offers";
import { isSettled, settlePlacement } from "./placement";
import type { NetworkSettings } from "./settings";

/**
 * Asks AWS where the stack's subnets are or can be; to be called before anything is registered.
 * @param subject whose settings they are, e.g. `Pulumi.dev.yaml`.
 * @param tags those by which the stack's VPC is found when it is up.
 * @returns the Availability Zones of the subnets, in order.
 * @throws InvalidSettingsError when the live network cannot become what the settings say, or when no two zones offer
 *   what the stack makes.
 */
export async function placeNetwork(
  subject: string,
  settings: Servers & { readonly network: NetworkSettings; readonly database: DatabaseServer },
  tags: Readonly<Record<string, string>>,
): Promise<string[]> {
  const [live, regionZones, servers] = await Promise.all([
    findLiveNetworks(tags),
    findRegionZones(),
    findServerOffers(settings),
  ]);
  // A database that is up stays where it is, whatever AWS still offers to new ones.
  const databases = live.some(isSettled) ? [] : [await findDatabaseOffer(settings.database)];
  const offers = [...servers, ...databases];
  const { zones, problems } = settlePlacement({ settings: settings.network, live, regionZones, offers });
  if (zones === undefined) throw new InvalidSettingsError(subject, problems);
  return [...zones];
}
