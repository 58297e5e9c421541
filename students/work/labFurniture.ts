import { furnish, unfurnish, type Furniture } from "../../local/furniture";
import type { AwsTarget } from "../../local/providers/aws/clients";

/** What a lab account has from the start; its key pair is in one region alone. */
const lab: Furniture = {
  hostedZones: [],
  roles: ["LabRole"],
  instanceProfiles: ["LabInstanceProfile"],
  keyPairs: [],
};
const keyPair = { ...lab, roles: [], instanceProfiles: [], keyPairs: ["vockey"] };
const keyPairRegion = "us-east-1";

/** Makes an account of the emulator's look like a lab's, through AWS's own API; what is there already stays. */
export async function furnishLab(target: AwsTarget): Promise<void> {
  await Promise.all([furnish(target, lab), furnish({ ...target, region: keyPairRegion }, keyPair)]);
}

/** Takes that away again, so that nothing at all is left of a student who is down. */
export async function unfurnishLab(target: AwsTarget): Promise<void> {
  await Promise.all([unfurnish(target, lab), unfurnish({ ...target, region: keyPairRegion }, keyPair)]);
}
