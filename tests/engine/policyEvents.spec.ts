import { expect } from "chai";

import { collectPolicyEvents } from "../../engine/policyEvents";

const resourceUrn = "urn:pulumi:dev::wordpress::aws:ec2/subnet:Subnet::private-1";
const ofRule = { resourceUrn, policyName: "guardrails/required-tags", policyPackName: "policies" };

describe("a preview's events", () => {
  it("are collected if they are about a rule", () => {
    const kept = collectPolicyEvents();
    kept.onEvent({ sequence: 1, preludeEvent: { config: {} } });
    kept.onEvent({
      policyEvent: { ...ofRule, message: "no tags", enforcementLevel: "mandatory", color: "" },
    });
    kept.onEvent({ policyRemediationEvent: { ...ofRule, before: {}, after: {} } });
    const rule = { pack: "guardrails", rule: "required-tags", resourceUrn };
    expect(kept.events).to.deep.equal([
      { ...rule, message: "no tags", enforcementLevel: "mandatory" },
      {
        ...rule,
        message: "The rule remediates the resource before it is created.",
        enforcementLevel: "remediate",
      },
    ]);
  });

  it("show whether the rules about the whole stack have run", () => {
    const kept = collectPolicyEvents();
    kept.onEvent({
      policyAnalyzeSummaryEvent: { policyPackName: "policies", passed: ["production/tls-policy"] },
    });
    expect(kept.finished()).to.equal(false);
    kept.onEvent({ policyAnalyzeStackSummaryEvent: { policyPackName: "policies", passed: [] } });
    expect(kept.finished()).to.equal(true);
  });
});
