import { z } from "zod";

import { partsOf } from "../policies/combinedPack";
import type { PolicyEvent } from "../policies/report/results";

/** All packs are served as one: a rule's name has its pack's in it. */
const ofPolicy = { resourceUrn: z.string().optional(), policyName: z.string().transform(partsOf) };

/** The engine's events that tell how rules came out. */
const engineEvent = z.object({
  policyEvent: z.object({ ...ofPolicy, message: z.string(), enforcementLevel: z.string() }).optional(),
  policyRemediationEvent: z.object(ofPolicy).optional(),
  policyAnalyzeStackSummaryEvent: z.object({}).optional(),
});

/** Keeps of a preview's events what a report needs. */
export interface PolicyEvents {
  readonly onEvent: (event: unknown) => void;
  readonly events: readonly PolicyEvent[];
  /** Whether the rules came to judge the stack as a whole, which they do last. */
  readonly finished: () => boolean;
}

export function keepPolicyEvents(): PolicyEvents {
  const events: PolicyEvent[] = [];
  let finished = false;
  return {
    events,
    finished: () => finished,
    onEvent: (unparsed) => {
      const { policyEvent, policyRemediationEvent, ...event } = engineEvent.parse(unparsed);
      if (policyEvent !== undefined) {
        const { policyName, ...told } = policyEvent;
        events.push({ ...policyName, ...told });
      }
      if (policyRemediationEvent !== undefined) {
        const { policyName, ...told } = policyRemediationEvent;
        const message = "The rule puts it right before it is made.";
        events.push({ ...policyName, ...told, message, enforcementLevel: "remediate" });
      }
      if (event.policyAnalyzeStackSummaryEvent !== undefined) finished = true;
    },
  };
}
