import { expect } from "chai";

import { Failure } from "../../cli/failure";
import { policyRefusal } from "../../students/work/policyRefusal";

const violation = {
  policy: "learner-lab/lab-instance-sizes",
  mandatory: true,
  resource: "aws:ec2/launchTemplate:LaunchTemplate site",
  message: 'Instances have a size that the lab allows.\ninstanceType is "t3.xlarge".',
};
const refused = new Failure("Policy refuses the stack: learner-lab/lab-instance-sizes.", "See above.");

describe("a stack that a policy refuses", () => {
  it("names each violation once, with its resource and reason", () => {
    const failure = policyRefusal(refused, [violation, violation]);
    expect(failure?.problem.split("\n")).to.deep.equal([
      "Policy refuses the stack: learner-lab/lab-instance-sizes.",
      "  learner-lab/lab-instance-sizes on aws:ec2/launchTemplate:LaunchTemplate site",
      "    Instances have a size that the lab allows.",
      '    instanceType is "t3.xlarge".',
    ]);
    expect(failure?.remedy).to.not.include("above");
  });

  it("is no other failure", () => {
    expect(policyRefusal(refused, [{ ...violation, mandatory: false }])).to.equal(undefined);
    expect(policyRefusal(new Error("a defect"), [violation])).to.equal(undefined);
  });
});
