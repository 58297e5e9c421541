import type { Server, Tone } from "./page";

/** A server's condition in one word, with the reason in AWS's words. */
export interface Standing {
  readonly word: string;
  readonly tone: Tone;
  readonly reason: string | null;
}

/** What counts first is whether the machine runs, then whether it stays in the group, then what visitors get. */
export function standingOf({ state, lifecycle, target, health }: Server): Standing {
  if (state === "shutting-down" || state === "terminated" || lifecycle.startsWith("Terminating")) {
    return { word: "ending", tone: "warning", reason: target?.state === "draining" ? "draining" : null };
  }
  if (state === "stopping" || state === "stopped") return { word: state, tone: "bad", reason: null };
  if (state === "pending") return { word: "booting", tone: "info", reason: null };
  if (lifecycle === "Standby") return { word: "standby", tone: "info", reason: null };
  if (target === null) return { word: "running", tone: "info", reason: "not registered in the target group" };
  switch (target.state) {
    case "healthy":
      return health === "Unhealthy"
        ? { word: "being replaced", tone: "bad", reason: "Auto Scaling's health status is Unhealthy" }
        : { word: "healthy", tone: "good", reason: null };
    case "initial":
      return { word: "starting", tone: "info", reason: reasonOf(target.reason, target.description) };
    case "unhealthy":
      return { word: "unhealthy", tone: "bad", reason: reasonOf(target.reason, target.description) };
    case "draining":
      return { word: "draining", tone: "warning", reason: null };
    default:
      return { word: target.state, tone: "warning", reason: reasonOf(target.reason, target.description) };
  }
}

function reasonOf(reason: string | null, description: string | null): string | null {
  if (reason === null || description === null) return reason ?? description;
  return `${reason}: ${description}`;
}
