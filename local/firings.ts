import { z } from "../cli/json";
import type { Firing } from "../localAws/emulator";

/** The number of firings shown of each schedule, action and policy, so that a frequent schedule hides no other. */
const shownOfEach = 3;

/** The newest firings of each schedule, scheduled action and policy, in lines; newest first. */
export function firingLines(firings: readonly Firing[]): readonly string[] {
  const seen = new Map<string, number>();
  return firings
    .filter(({ kind, group, name }) => {
      const key = [kind, group, name].join(" ");
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return (seen.get(key) ?? 0) <= shownOfEach;
    })
    .map((firing) => `${timeText(firing.at)} ${firingText(firing)}`);
}

/** `schedule site-launch: launched i-0123456789abcdef0` */
function firingText(firing: Firing): string {
  const { kind, name, error } = firing;
  switch (kind) {
    case "schedule":
      return `schedule ${name}: ${error === undefined ? callText(firing) : `failed: ${error}`}`;
    case "scheduledAction":
      return `scheduled action ${name}: ${error === undefined ? sizesText(firing) : `failed: ${error}`}`;
    case "targetTracking": {
      const load = firing.metric === undefined ? "" : ` at ${firing.metric.toFixed(1)} % CPU`;
      return `scaling policy ${name}${load}: ${error === undefined ? sizesText(firing) : `failed: ${error}`}`;
    }
  }
}

/** `2 to 3 servers (1 to 4 allowed)` */
function sizesText({ from, to }: Firing): string {
  if (from === undefined || to === undefined) return "not known";
  const servers =
    from.desired === to.desired ? `still ${to.desired} servers` : `${from.desired} to ${to.desired} servers`;
  return `${servers} (${to.min} to ${to.max} allowed)`;
}

const failureSchema = z.object({ errorMessage: z.string() });
/** The results of the launcher's function. */
const launchSchema = z.object({
  outcome: z.enum(["launched", "alreadyLaunched", "skipped"]),
  serverIds: z.array(z.string()),
  reason: z.string().optional(),
});
const sweepSchema = z.object({ outcome: z.literal("swept"), endedIds: z.array(z.string()) });

const longestResult = 100;

function callText({ outcome, result, target = "its target" }: Firing): string {
  if (outcome === "pending") return `called ${nameOf(target)}, which still runs`;
  if (outcome === "failed") {
    const failure = failureSchema.safeParse(result);
    return `failed: ${failure.success ? failure.data.errorMessage : shortened(result)}`;
  }
  const launch = launchSchema.safeParse(result);
  if (launch.success) return launchText(launch.data);
  const sweep = sweepSchema.safeParse(result);
  if (sweep.success) return listText("ended", sweep.data.endedIds);
  return `called ${nameOf(target)}${result === undefined || result === null ? "" : `: ${shortened(result)}`}`;
}

function launchText({ outcome, serverIds, reason }: z.output<typeof launchSchema>): string {
  if (outcome === "skipped") return `launched no server${reason === undefined ? "" : `: ${reason}`}`;
  const servers = listText(outcome === "launched" ? "launched" : "had launched", serverIds);
  return reason === undefined ? servers : `${servers}: ${reason}`;
}

function listText(verb: string, ids: readonly string[]): string {
  return ids.length === 0 ? `${verb} no server` : `${verb} ${ids.join(", ")}`;
}

/** `arn:aws:lambda:us-east-1:123456789012:function:site-launcher` → `site-launcher` */
function nameOf(arn: string): string {
  return arn.split(":").slice(5).at(-1) ?? arn;
}

function shortened(result: unknown): string {
  const text = JSON.stringify(result);
  return text.length <= longestResult ? text : `${text.slice(0, longestResult)}…`;
}

/** `2026-03-02 09:00:00 UTC` */
function timeText(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
