import { coincidence } from "../schedules/recurrence";
import { leastBootSeconds } from "./bootTimes";
import { isInZone } from "./mailSettings";
import type { FleetSettings } from "./options";
import { bootReason } from "./settingKinds";

/** A contradiction between settings, each of which is valid. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  /** What is allowed there. */
  readonly allowed: string;
}

/** All contradictions between the fleet's settings. */
export function contradictionsIn(fleet: FleetSettings): readonly Contradiction[] {
  return [
    ...bootstrapProblems(fleet),
    ...keyProblems(fleet),
    ...capacityProblems(fleet),
    ...scheduleProblems(fleet),
    ...sizingProblems(fleet),
    ...localUploadsProblems(fleet),
    ...siteProblems(fleet),
  ];
}

function bootstrapProblems(fleet: FleetSettings): readonly Contradiction[] {
  if (fleet.image.source !== "bootstrap") return [];
  const least = leastBootSeconds.bootstrap;
  const tooShort = (["healthCheckGraceSeconds", "instanceWarmupSeconds"] as const).filter((name) => {
    const given = fleet[name];
    // The check of the setting itself refuses what is too short for any image.
    return given !== undefined && given >= leastBootSeconds.bake && given < least;
  });
  return [
    // Only private subnets have a route through a NAT gateway, and servers have no public address.
    ...problemIf(
      fleet.subnets === "public",
      ["subnets"],
      "private, because image bootstrap needs a route to the internet; or image bake or existing",
    ),
    ...tooShort.map((name) => ({
      path: [name],
      allowed: `${String(least)} seconds or more with image bootstrap; ${bootReason}`,
    })),
  ];
}

function keyProblems({ keyPairName, sshPublicKey }: FleetSettings): readonly Contradiction[] {
  return problemIf(
    keyPairName !== undefined && sshPublicKey !== undefined,
    ["sshPublicKey"],
    "omitted, because keyPairName names a key pair; or remove keyPairName",
  );
}

interface Sizes {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

const isInOrder = ({ min, desired, max }: Sizes) => min <= desired && desired <= max;
const order = "min <= desired <= max";

function capacityProblems({ capacity, sizing }: FleetSettings): readonly Contradiction[] {
  const { min, desired, max } = capacity;
  return [
    ...problemIf(!isInOrder(capacity), ["capacity"], order),
    ...problemIf(
      sizing === "fixed" && !(min === desired && desired === max),
      ["capacity"],
      "min = desired = max, because sizing is fixed",
    ),
  ];
}

function scheduleProblems({ schedules }: FleetSettings): readonly Contradiction[] {
  const now = new Date();
  return schedules.flatMap((each, index) => [
    ...problemIf(!isInOrder(each), ["schedules", index], order),
    ...problemIf(
      schedules.findIndex(({ name }) => name === each.name) !== index,
      ["schedules", index, "name"],
      "a name that no other schedule has",
    ),
    ...schedules.slice(0, index).flatMap((before) => {
      const both = coincidence(before, each, now);
      if (both === undefined) return [];
      const allowed = `a time other than that of ${before.name} (both are at ${both}): Auto Scaling refuses two scheduled actions at the same time`;
      return [{ path: ["schedules", index, "recurrence"], allowed }];
    }),
  ]);
}

function sizingProblems(fleet: FleetSettings): readonly Contradiction[] {
  const { sizing, schedules, targetTracking, scaleInProtection } = fleet;
  const automatic = schedules.length > 0 || targetTracking !== undefined;
  return [
    ...problemIf(
      sizing === "automatic" && !automatic,
      ["sizing"],
      "fixed or manual, or automatic together with schedules or targetTracking",
    ),
    ...problemIf(
      sizing !== undefined && sizing !== "automatic" && automatic,
      ["sizing"],
      "automatic, because schedules or targetTracking are set; or remove those",
    ),
    ...problemIf(
      scaleInProtection && (schedules.length > 0 || targetTracking?.scaleIn === true),
      ["scaleInProtection"],
      "false, because Auto Scaling cannot terminate protected servers when schedules or targetTracking shrink the fleet; or no schedules, and targetTracking.scaleIn false",
    ),
  ];
}

function localUploadsProblems(fleet: FleetSettings): readonly Contradiction[] {
  if (fleet.uploads !== "local") return [];
  const allowed = "1, because uploads are local and a second server would not have them; or uploads shared";
  return [
    ...problemIf(fleet.capacity.max !== 1, ["capacity", "max"], allowed),
    ...fleet.schedules.flatMap(({ max }, index) => problemIf(max > 1, ["schedules", index, "max"], allowed)),
    ...problemIf(
      fleet.uploadsBackups,
      ["uploadsBackups"],
      "false, because uploads are local; or uploads shared",
    ),
  ];
}

function siteProblems({ domain, mail }: FleetSettings): readonly Contradiction[] {
  const createsIdentity = mail.method === "ses" && mail.identity === "create";
  return [
    ...problemIf(
      createsIdentity && (domain === undefined || !isInZone(mail, domain.hostedZoneName)),
      ["mail", "identity"],
      "existing, or create together with a domain whose hostedZoneName contains the domain of from",
    ),
    ...(domain === undefined
      ? []
      : problemIf(
          domain.name !== domain.hostedZoneName && !domain.name.endsWith(`.${domain.hostedZoneName}`),
          ["domain", "name"],
          `${domain.hostedZoneName} or a name that ends in .${domain.hostedZoneName}`,
        )),
  ];
}

function problemIf(
  isProblem: boolean,
  path: Contradiction["path"],
  allowed: string,
): readonly Contradiction[] {
  return isProblem ? [{ path, allowed }] : [];
}
