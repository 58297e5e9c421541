import { expect } from "chai";

import { noIamCreation } from "../../../policies/learner-lab/rules/noIamCreation";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture, fixture, spoil } from "../support/fixture";
import { judge, notApplicable } from "../support/judge";

describe("no-iam-creation", () => {
  for (const type of ["aws:iam/role:Role", "aws:iam/instanceProfile:InstanceProfile", "aws:iam/user:User"]) {
    itRefuses(noIamCreation, type, anyFixture(type, "mine"), {
      at: "its type",
      value: type,
      allowed: "service-linked roles only",
    });
  }

  it("does not apply to service-linked roles and other types", async () => {
    for (const type of ["aws:iam/serviceLinkedRole:ServiceLinkedRole", "aws:ec2/vpc:Vpc"]) {
      expect(await judge(noIamCreation, anyFixture(type, "mine"))).to.deep.equal(notApplicable);
    }
  });

  const template = fixture("aws:cloudformation/stack:Stack", "template", {
    capabilities: ["CAPABILITY_AUTO_EXPAND", "CAPABILITY_NAMED_IAM"],
  });
  itPasses(
    noIamCreation,
    "a template without IAM resources",
    spoil(template, { capabilities: ["CAPABILITY_AUTO_EXPAND"] }),
    spoil(template, { capabilities: undefined }),
  );
  itRefuses(noIamCreation, "a template with IAM resources", template, {
    at: "capabilities[1]",
    value: "CAPABILITY_NAMED_IAM",
    allowed: "templates without IAM resources",
  });
});
