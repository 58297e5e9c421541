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

  it("have the exception of our own, and one of Pulumi's own", () => {
    const kept = collectPolicyEvents();
    const message =
      "<{%fg 3%}>An exception covers this violation.<{%reset%}>\nrequired-tags: excepted until 2027-01-31, because they cost. Owner: web team.\nno tags\n";
    kept.onEvent({
      policyEvent: { ...ofRule, policyName: "guardrails/excepted", message, enforcementLevel: "advisory" },
    });
    const exceptions = [{ id: "EXC-1", reason: "they cost" }];
    kept.onEvent({
      policyEvent: { ...ofRule, message: "no tags", enforcementLevel: "mandatory", exceptions },
    });
    const rule = { pack: "guardrails", rule: "required-tags", resourceUrn };
    expect(kept.events).to.deep.equal([
      {
        ...rule,
        message: "no tags\n",
        enforcementLevel: "advisory",
        exception: { reason: "they cost", until: "2027-01-31", owner: "web team" },
      },
      { ...rule, message: "no tags", enforcementLevel: "mandatory", exception: exceptions[0] },
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
