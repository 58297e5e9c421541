import { expect } from "chai";

import { keepPolicyEvents } from "../../gate/policyEvents";

const ofRule = {
  resourceUrn: "urn:pulumi:dev::wordpress::aws:ec2/subnet:Subnet::private-1",
  policyName: "required-tags",
  policyPackName: "guardrails",
};

describe("a preview's events", () => {
  it("are kept as far as they tell how rules came out", () => {
    const kept = keepPolicyEvents();
    kept.onEvent({ sequence: 1, preludeEvent: { config: {} } });
    kept.onEvent({
      policyEvent: { ...ofRule, message: "no tags", enforcementLevel: "mandatory", color: "" },
    });
    kept.onEvent({ policyRemediationEvent: { ...ofRule, before: {}, after: {} } });
    expect(kept.events).to.deep.equal([
      { ...ofRule, message: "no tags", enforcementLevel: "mandatory" },
      { ...ofRule, message: "The rule puts it right before it is made.", enforcementLevel: "remediate" },
    ]);
  });

  it("tell which packs came to judge the stack as a whole", () => {
    const kept = keepPolicyEvents();
    kept.onEvent({ policyAnalyzeSummaryEvent: { policyPackName: "production", passed: ["tls-policy"] } });
    expect([...kept.finished]).to.deep.equal([]);
    kept.onEvent({ policyAnalyzeStackSummaryEvent: { policyPackName: "guardrails", passed: [] } });
    expect([...kept.finished]).to.deep.equal(["guardrails"]);
  });
});
