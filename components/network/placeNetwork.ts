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
 * Reads from AWS in which zones the stack's subnets are or can be.
 * @param tags the tags by which it finds the VPC of a live stack.
 * @returns the zones of the subnets, or problems: the live network cannot change as the settings state, or no two zones
 *   offer the instance types and the database class.
 */
export async function placeNetwork(
  settings: Servers & { readonly network: NetworkSettings; readonly database: DatabaseServer },
  tags: Readonly<Record<string, string>>,
): Promise<Placement> {
  const [live, regionZones, servers] = await lookUp(
    accountNeed,
    Promise.all([findLiveNetworks(tags), findRegionZones(), findServerOffers(settings)]),
  );
  // A live database keeps its zone, even if AWS no longer offers its class to new databases.
  const databases = live.some(isSettled)
    ? []
    : [await lookUp(accountNeed, findDatabaseOffer(settings.database))];
  const offers = [...servers, ...databases];
  return settlePlacement({ settings: settings.network, live, regionZones, offers });
}
