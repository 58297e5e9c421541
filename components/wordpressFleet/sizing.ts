import type { FleetSettings } from "./options";

/** The settings that determine how many servers run. */
export type SizingSettings = Pick<
  FleetSettings,
  "capacity" | "sizing" | "paused" | "schedules" | "targetTracking"
> & {
  /** When the stack pauses itself. @default never */
  readonly endsAt?: string | undefined;
};

/** The size settings of the Auto Scaling group. */
export interface Sizing {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** Whether another size is drift; otherwise users, schedules or load may change minimum, desired and maximum. */
  readonly enforced: boolean;
  /** When the stack sets the size to 0; undefined: never. */
  readonly endsAt: string | undefined;
  readonly schedules: FleetSettings["schedules"];
  readonly targetTracking: FleetSettings["targetTracking"];
}

/** A paused group has no servers, and its maximum of 0 prevents new ones. */
export function planSizing(settings: SizingSettings): Sizing {
  const { min, desired, max } = settings.capacity;
  const { endsAt } = settings;
  if (settings.paused) {
    return {
      minSize: 0,
      maxSize: 0,
      desiredCapacity: 0,
      enforced: true,
      endsAt,
      schedules: [],
      targetTracking: undefined,
    };
  }
  return {
    minSize: min,
    maxSize: max,
    desiredCapacity: desired,
    // After the end, a size of 0 is no drift.
    enforced: settings.sizing === "fixed" && endsAt === undefined,
    endsAt,
    schedules: settings.schedules,
    targetTracking: settings.targetTracking,
  };
}
