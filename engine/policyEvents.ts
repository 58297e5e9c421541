import { z } from "zod";

import { exceptedIn, exceptedPolicy } from "../policies/exceptions/text";
import type { PolicyEvent } from "../policies/report/results";
import { partsOf } from "../policies/support/qualifiedName";

/** All packs are served as one: a rule's name contains its pack's name. */
const ofPolicy = { resourceUrn: z.string().optional(), policyName: z.string().transform(partsOf) };

/** The engine's events about policies. */
const engineEvent = z.object({
  policyEvent: z
    .object({
      ...ofPolicy,
      message: z.string(),
      enforcementLevel: z.string(),
      /** Pulumi's own exceptions that cover the violation. */
      exceptions: z.array(z.object({ id: z.string(), reason: z.string() })).optional(),
    })
    .optional(),
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
        const { policyName, exceptions: [own] = [], ...violation } = policyEvent;
        const exception = own === undefined ? {} : { exception: own };
        events.push(ownException({ ...policyName, ...violation, ...exception }));
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

/** An excepted violation comes from another policy of the pack than its rule. */
function ownException(event: PolicyEvent): PolicyEvent {
  const excepted = event.rule === exceptedPolicy ? exceptedIn(event.message) : undefined;
  if (excepted === undefined) return event;
  const { rule, message, until, reason, owner } = excepted;
  return { ...event, rule, message, exception: { reason, until, owner } };
}
