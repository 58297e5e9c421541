import type { FleetSettings } from "./settings";

/** The part of the settings that decides how many servers there are. */
export type SizingSettings = Pick<
  FleetSettings,
  "capacity" | "sizing" | "paused" | "schedules" | "targetTracking"
>;

/** What a group is told about its size. */
export interface Sizing {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** Whether the desired number only counts at the start, since a person or AWS moves it afterwards. */
  readonly desiredMayMove: boolean;
  readonly schedules: FleetSettings["schedules"];
  readonly targetTracking: FleetSettings["targetTracking"];
}

/**
 * A paused group has no servers, and nothing can start one: its maximum is 0, too. When the pause ends, AWS itself raises
 * the desired size to the minimum.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 */
export function planSizing(settings: SizingSettings): Sizing {
  const { min, desired, max } = settings.capacity;
  if (settings.paused) {
    return {
      minSize: 0,
      maxSize: 0,
      desiredCapacity: 0,
      desiredMayMove: false,
      schedules: [],
      targetTracking: undefined,
    };
  }
  return {
    minSize: min,
    maxSize: max,
    desiredCapacity: desired,
    desiredMayMove: settings.sizing !== "fixed",
    schedules: settings.schedules,
    targetTracking: settings.targetTracking,
  };
}
