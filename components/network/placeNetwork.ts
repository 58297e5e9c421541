import { accountNeed } from "../settings/account";
import { lookUp } from "../settings/lookUp";
import { findLiveNetworks } from "./liveNetwork";
import {
  findDatabaseOffer,
  findRegionZones,
  findServerOffers,
  type DatabaseServer,
  type Servers,
} from "./offers";
import type { NetworkSettings } from "./options";
import { isSettled, settlePlacement, type Placement } from "./placement";

/**
 * Asks AWS where the stack's subnets are or can be.
 * @param tags those by which the stack's VPC is found when it is up.
 * @returns the zones of the subnets, or problems: the live network cannot become what the settings say, or no two zones
 *   offer what the stack makes.
 */
export async function placeNetwork(
  settings: Servers & { readonly network: NetworkSettings; readonly database: DatabaseServer },
  tags: Readonly<Record<string, string>>,
): Promise<Placement> {
  const [live, regionZones, servers] = await lookUp(
    accountNeed,
    Promise.all([findLiveNetworks(tags), findRegionZones(), findServerOffers(settings)]),
  );
  // A database that is up stays where it is, whatever AWS still offers to new ones.
  const databases = live.some(isSettled)
    ? []
    : [await lookUp(accountNeed, findDatabaseOffer(settings.database))];
  const offers = [...servers, ...databases];
  return settlePlacement({ settings: settings.network, live, regionZones, offers });
}
