import { z } from "zod";

/** What a {@link FleetRollout} brings to a group and waits for; the same names are its state's. */
export const rolloutInputs = z.strictObject({
  groupName: z.string(),
  targetGroupArn: z.string(),
  launchTemplateId: z.string(),
  /** The version's number. A rollback needs a number, not `$Latest`. */
  launchTemplateVersion: z.string(),
  /** Only a trigger: the rollout waits for the size that the group has by then. */
  capacity: z.string(),
  /** Minutes without any progress after which a rollout has failed. */
  patienceMinutes: z.number().positive(),
  region: z.string(),
  profile: z.string().optional(),
});

export type RolloutInputs = z.output<typeof rolloutInputs>;
