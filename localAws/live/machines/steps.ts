/** What the region knows of a machine's power. */
export interface Power {
  readonly isOn: boolean;
  /** The machine powered itself off; EC2 does not show it yet. */
  readonly offByItself: boolean;
  /** It lost its power, or crashed: EC2 shows a running instance whose checks fail, until it is rebooted or stopped. */
  readonly isCut: boolean;
  /** Number of the instance's reboots that were done. */
  readonly reboots: number;
  readonly reported: "running" | "stopped" | "terminated" | undefined;
  readonly hasDisk: boolean;
}

/** What to do next for a machine. */
export type Step = "boot" | "reboot" | "power off" | "delete" | "report stopped" | "report terminated";

/** @param state of the instance in EC2; undefined: there is no such instance. @returns undefined: there is nothing to do */
export function nextStep(state: string | undefined, reboots: number, power: Power): Step | undefined {
  if (state === "pending" || state === "running") {
    if (power.offByItself) return undefined;
    if (power.isOn) return reboots > power.reboots ? "reboot" : undefined;
    return power.isCut && reboots <= power.reboots ? undefined : "boot";
  }
  if (power.isOn) return "power off";
  if (state === "stopping" || state === "stopped") {
    return state === "stopping" && power.reported !== "stopped" ? "report stopped" : undefined;
  }
  if (power.hasDisk) return "delete";
  return state === "shutting-down" && power.reported !== "terminated" ? "report terminated" : undefined;
}
