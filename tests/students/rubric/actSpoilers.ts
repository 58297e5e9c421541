import { writeLauncher, type SiteOptions } from "./actingSite";
import type { ConsoleSite } from "./consoleSite";

/** One thing that is wrong in a site whose parts are all there. */
export interface ActSpoiler {
  /** The only exercise with an act that loses its points. */
  readonly exercise: string;
  readonly what: string;
  readonly spoil?: (site: ConsoleSite) => Promise<unknown>;
  readonly serves?: SiteOptions["serves"];
}

export const actSpoilers: readonly ActSpoiler[] = [
  {
    exercise: "new-server-serves",
    what: "a third server whose pages fail",
    serves: ({ healthy }) => healthy.length > 0 && healthy.length < 3,
  },
  {
    exercise: "replaces-server",
    what: "visitors who are sent to a lost server for 4 seconds",
    serves: ({ healthy, secondsSinceLoss }) =>
      healthy.length > 0 && (secondsSinceLoss === undefined || secondsSinceLoss > 4),
  },
  {
    exercise: "scales-with-load",
    what: "a group without a scaling policy",
    spoil: ({ clients: { autoScaling }, groupName }) =>
      autoScaling.deletePolicy({ AutoScalingGroupName: groupName, PolicyName: "cpu80" }),
  },
  {
    exercise: "paused-group",
    what: "servers that are protected from scale-in",
    spoil: async ({ clients: { autoScaling }, groupName: AutoScalingGroupName }) => {
      await autoScaling.updateAutoScalingGroup({
        AutoScalingGroupName,
        NewInstancesProtectedFromScaleIn: true,
      });
      const found = await autoScaling.describeAutoScalingGroups({
        AutoScalingGroupNames: [AutoScalingGroupName],
      });
      const instances = found.AutoScalingGroups?.[0]?.Instances ?? [];
      await autoScaling.setInstanceProtection({
        AutoScalingGroupName,
        InstanceIds: instances.flatMap(({ InstanceId }) => InstanceId ?? []),
        ProtectedFromScaleIn: true,
      });
    },
  },
  {
    exercise: "survives-database-restart",
    what: "a site that does not find its restarted database",
    serves: ({ healthy, restarts }) => healthy.length > 0 && restarts === 0,
  },
  {
    exercise: "launches-once",
    what: "a function without a client token",
    spoil: (site) => writeLauncher(site, "undefined"),
  },
];
