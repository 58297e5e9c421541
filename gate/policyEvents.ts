import { z } from "zod";

import type { PolicyEvent } from "../policies/report/results";

const ofPolicy = { resourceUrn: z.string().optional(), policyName: z.string(), policyPackName: z.string() };

/** The engine's events that tell how rules came out. */
const engineEvent = z.object({
  policyEvent: z.object({ ...ofPolicy, message: z.string(), enforcementLevel: z.string() }).optional(),
  policyRemediationEvent: z.object(ofPolicy).optional(),
  policyAnalyzeStackSummaryEvent: z.object({ policyPackName: z.string() }).optional(),
});

/** Keeps of a preview's events what a report needs. */
export interface PolicyEvents {
  readonly onEvent: (event: unknown) => void;
  readonly events: readonly PolicyEvent[];
  /** The packs that came to judge the stack as a whole. */
  readonly finished: ReadonlySet<string>;
}

export function keepPolicyEvents(): PolicyEvents {
  const events: PolicyEvent[] = [];
  const finished = new Set<string>();
  return {
    events,
    finished,
    onEvent: (unparsed) => {
      const event = engineEvent.parse(unparsed);
      if (event.policyEvent !== undefined) events.push(event.policyEvent);
      const mended = event.policyRemediationEvent;
      if (mended !== undefined) {
        const message = "The rule puts it right before it is made.";
        events.push({ ...mended, message, enforcementLevel: "remediate" });
      }
      const summary = event.policyAnalyzeStackSummaryEvent;
      if (summary !== undefined) finished.add(summary.policyPackName);
    },
  };
}
