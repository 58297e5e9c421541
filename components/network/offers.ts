import * as aws from "@pulumi/aws";

import { accountNeed } from "../settings/account";
import { lookUp } from "../settings/lookUp";
import type { Offer } from "./placement";

/** The region's Availability Zones that the account can use, without Local Zones and Wavelength Zones. */
export async function findRegionZones(): Promise<readonly string[]> {
  const zones = aws.getAvailabilityZones({
    state: "available",
    filters: [{ name: "zone-type", values: ["availability-zone"] }],
  });
  const { names } = await lookUp(accountNeed, zones);
  return names.toSorted();
}

/** Servers of the fleet and of the launcher. Both run in both zones. */
export interface Servers {
  readonly fleet: { readonly instanceType: string };
  readonly launcher: { readonly instanceType: string };
}

/** The zones that offer the servers' instance types. */
export async function findServerOffers({ fleet, launcher }: Servers): Promise<readonly Offer[]> {
  const wanted = [
    ["fleet.instanceType", fleet.instanceType],
    ["launcher.instanceType", launcher.instanceType],
  ] as const;
  return await Promise.all(
    wanted.map(async ([path, value]) => ({
      path,
      value,
      zones: await zonesOfInstanceType(value),
      inEach: true,
    })),
  );
}

export interface DatabaseServer {
  readonly instanceClass: string;
  readonly multiAz: boolean;
}

/** The zones that offer the database's class. RDS chooses a zone that offers it; a standby needs it in both zones. */
export async function findDatabaseOffer({ instanceClass, multiAz }: DatabaseServer): Promise<Offer> {
  return {
    path: "database.instanceClass",
    value: instanceClass,
    zones: await zonesOfDatabaseClass(instanceClass),
    inEach: multiAz,
  };
}

async function zonesOfInstanceType(instanceType: string): Promise<readonly string[]> {
  const offers = aws.ec2.getInstanceTypeOfferings({
    locationType: "availability-zone",
    filters: [{ name: "instance-type", values: [instanceType] }],
  });
  const { locations } = await lookUp(accountNeed, offers);
  return [...new Set(locations)].sort();
}

/** The provider's error if AWS does not offer the class for the engine. */
const noneOffered = /no RDS (?:Orderable )?DB Instance (?:Options|Classes)/i;

async function zonesOfDatabaseClass(instanceClass: string): Promise<readonly string[]> {
  try {
    const offer = aws.rds.getOrderableDbInstance({
      engine: "mariadb",
      instanceClass,
      // Selects one offer. AWS has one per engine version, all with the same zones.
      preferredInstanceClasses: [instanceClass],
      engineLatestVersion: true,
    });
    const { availabilityZones } = await lookUp(accountNeed, offer);
    return availabilityZones.toSorted();
  } catch (error) {
    if (error instanceof Error && noneOffered.test(error.message)) return [];
    throw error;
  }
}
