import { expect } from "chai";

import { exceptedText, violationText } from "../../engine/runView";

const violation = {
  policy: "guardrails/imdsv2",
  mandatory: true,
  resource: "aws:ec2/launchTemplate:LaunchTemplate web",
  message: "web: metadataOptions.httpTokens is not set.\nFix: Set it.",
};

describe("the view of a run", () => {
  it("shows a violation with its resource and its fix", () => {
    expect(violationText(violation)).to.match(
      /^Policy violated: guardrails\/imdsv2\n {2}on aws:ec2\/launchTemplate:LaunchTemplate web\n.*\n.*Fix: Set it\.$/,
    );
    expect(violationText({ ...violation, mandatory: false, resource: undefined })).to.match(
      /^Policy advises against this: guardrails\/imdsv2\n.*web/,
    );
  });

  it("shows an excepted violation with its end and its reason", () => {
    const exception = "excepted until 2027-01-31, because the vendor needs it (web team)";
    expect(violationText({ ...violation, exception })).to.match(
      /^Policy excepted until 2027-01-31, because the vendor needs it \(web team\): guardrails\/imdsv2\n {2}on aws/,
    );
  });

  it("counts excepted rules, if there are any", () => {
    expect(exceptedText({ policiesExcepted: 0 })).to.equal("");
    expect(exceptedText({ policiesExcepted: 2 })).to.equal(", 2 excepted");
  });
});
