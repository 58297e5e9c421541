import type { AwsTarget } from "../providers/aws/clients";
import { ensureInstanceProfile, ensureRole, removeInstanceProfile, removeRole } from "./iam";
import { ensureKeyPair, removeKeyPair } from "./keyPair";
import type { Prerequisites } from "./prerequisites";
import { ensureZone, removeZone } from "./zone";

export { prerequisitesOf, type Prerequisites } from "./prerequisites";

/** Creates the prerequisites of a stack in an account, and leaves existing ones as they are. */
export async function createPrerequisites(target: AwsTarget, prerequisites: Prerequisites): Promise<void> {
  const { hostedZones, roles, instanceProfiles, keyPairs } = prerequisites;
  const iam = async () => {
    for (const role of roles) await ensureRole(target, role);
    for (const profile of instanceProfiles) await ensureInstanceProfile(target, profile, roles[0]);
  };
  await Promise.all([
    iam(),
    ...hostedZones.map((name) => ensureZone(target, name)),
    ...keyPairs.map((name) => ensureKeyPair(target, name)),
  ]);
}

/** Deletes what {@link createPrerequisites} created, so that nothing remains of a stack that is down. */
export async function deletePrerequisites(target: AwsTarget, prerequisites: Prerequisites): Promise<void> {
  const { hostedZones, roles, instanceProfiles, keyPairs } = prerequisites;
  const iam = async () => {
    for (const profile of instanceProfiles) await removeInstanceProfile(target, profile);
    for (const role of roles) await removeRole(target, role);
  };
  await Promise.all([
    iam(),
    ...hostedZones.map((name) => removeZone(target, name)),
    ...keyPairs.map((name) => removeKeyPair(target, name)),
  ]);
}
