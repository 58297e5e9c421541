import { z } from "zod";

/** The inputs of a {@link FleetRollout}; its state has the same properties. */
export const rolloutInputs = z.strictObject({
  groupName: z.string(),
  targetGroupArn: z.string(),
  launchTemplateId: z.string(),
  /** The version's number. A rollback needs a number, not `$Latest`. */
  launchTemplateVersion: z.string(),
  /** Only a trigger: the rollout waits for the group's current size. */
  capacity: z.string(),
  /** Minutes without any progress after which a rollout has failed. */
  patienceMinutes: z.number().positive(),
  region: z.string(),
  profile: z.string().optional(),
});

export type RolloutInputs = z.output<typeof rolloutInputs>;
