import type { FleetSettings } from "./options";

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
  /** Whether another size is drift; otherwise users, schedules or load may change minimum, desired and maximum. */
  readonly enforced: boolean;
  readonly schedules: FleetSettings["schedules"];
  readonly targetTracking: FleetSettings["targetTracking"];
}

/** A paused group has no servers, and nothing can start one: its maximum is 0, too. */
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
