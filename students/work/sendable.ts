import type { SourceLine } from "../../engine/sources/creations";
import type { PolicyRun } from "../../policies/report/results";
import type { Judged } from "./task";

/** What the rules reported, as data: a worker sends no functions. */
export function sendable(
  { events, finished, failure, drift }: Pick<PolicyRun, "events" | "finished" | "failure" | "drift">,
  lineOf: (urn: string) => SourceLine | undefined,
): Judged {
  const lines = new Map<string, SourceLine>();
  for (const { resourceUrn } of events) {
    const line = resourceUrn === undefined ? undefined : lineOf(resourceUrn);
    if (resourceUrn !== undefined && line !== undefined) lines.set(resourceUrn, line);
  }
  return {
    events: [...events],
    finished,
    failure,
    drift: drift?.map((each) => ({ ...each, properties: [...each.properties] })),
    lines: Object.fromEntries(lines),
  };
}
