import { z } from "zod";

import { partsOf } from "../policies/combinedPack";
import type { PolicyEvent } from "../policies/report/results";

/** All packs are served as one: a rule's name contains its pack's name. */
const ofPolicy = { resourceUrn: z.string().optional(), policyName: z.string().transform(partsOf) };

/** The engine's events about policies. */
const engineEvent = z.object({
  policyEvent: z.object({ ...ofPolicy, message: z.string(), enforcementLevel: z.string() }).optional(),
  policyRemediationEvent: z.object(ofPolicy).optional(),
  policyAnalyzeStackSummaryEvent: z.object({}).optional(),
});

/** Collects the events of a preview that a report uses. */
export interface PolicyEvents {
  readonly onEvent: (event: unknown) => void;
  readonly events: readonly PolicyEvent[];
  /** Whether the rules about the whole stack have run; they run last. */
  readonly finished: () => boolean;
}

export function collectPolicyEvents(): PolicyEvents {
  const events: PolicyEvent[] = [];
  let finished = false;
  return {
    events,
    finished: () => finished,
    onEvent: (unparsed) => {
      const { policyEvent, policyRemediationEvent, ...event } = engineEvent.parse(unparsed);
      if (policyEvent !== undefined) {
        const { policyName, ...violation } = policyEvent;
        events.push({ ...policyName, ...violation });
      }
      if (policyRemediationEvent !== undefined) {
        const { policyName, ...remediation } = policyRemediationEvent;
        const message = "The rule remediates the resource before it is created.";
        events.push({ ...policyName, ...remediation, message, enforcementLevel: "remediate" });
      }
      if (event.policyAnalyzeStackSummaryEvent !== undefined) finished = true;
    },
  };
}
