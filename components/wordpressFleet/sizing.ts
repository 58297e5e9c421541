import type { FleetSettings } from "./options";

/** The settings that determine how many servers run. */
export type SizingSettings = Pick<
  FleetSettings,
  "capacity" | "sizing" | "paused" | "schedules" | "targetTracking"
>;

/** The size settings of the Auto Scaling group. */
export interface Sizing {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** Whether another size is drift; otherwise users, schedules or load may change minimum, desired and maximum. */
  readonly enforced: boolean;
  readonly schedules: FleetSettings["schedules"];
  readonly targetTracking: FleetSettings["targetTracking"];
}

/** A paused group has no servers, and its maximum of 0 prevents new ones. */
export function planSizing(settings: SizingSettings): Sizing {
  const { min, desired, max } = settings.capacity;
  if (settings.paused) {
    return {
      minSize: 0,
      maxSize: 0,
      desiredCapacity: 0,
      enforced: true,
      schedules: [],
      targetTracking: undefined,
    };
  }
  return {
    minSize: min,
    maxSize: max,
    desiredCapacity: desired,
    enforced: settings.sizing === "fixed",
    schedules: settings.schedules,
    targetTracking: settings.targetTracking,
  };
}
