import { expect } from "chai";

import { wideGrant } from "../../../../../policies/support/views/grants/actions";
import { statementsOf } from "../../../../../policies/support/views/grants/document";
import {
  arnParts,
  everyResource,
  isWild,
  matches,
  namesResource,
} from "../../../../../policies/support/views/grants/patterns";
import {
  hasResourcePolicy,
  onOpenResourcePolicies,
  resourcePolicyPaths,
} from "../../../../../policies/support/views/grants/resourcePolicies";
import { propsAt } from "../../propsAt";
import { judgementOf } from "./judgement";

const grantOf = (...statements: readonly object[]) =>
  wideGrant(statementsOf({ Statement: statements.map((each) => ({ Effect: "Allow", ...each })) }));

describe("a grant of all actions of a service on all of its resources", () => {
  for (const [what, statement, actions, resources] of [
    ["a wildcard", { Action: "*", Resource: "*" }, ["*"], ["*"]],
    ["an action without a service", { Action: "?*", Resource: "*" }, ["?*"], ["*"]],
    ["a service's wildcard", { Action: "S3:*", Resource: "arn:aws:s3:::*" }, ["S3:*"], ["arn:aws:s3:::*"]],
    ["an unknown service's wildcard", { Action: "Newest:*", Resource: "*" }, ["Newest:*"], ["*"]],
    ["a pattern of services", { Action: "i*:*", Resource: "*" }, ["i*:*"], ["*"]],
    [
      "its verbs one by one, without patterns that add nothing",
      { Action: ["ec2:Describe*", "ec2:Create*", "ec2:Terminate*", "ec2:RunInstances"], Resource: "*" },
      ["ec2:Describe*", "ec2:Create*", "ec2:Terminate*"],
      ["*"],
    ],
    ["exceptions of actions", { NotAction: "iam:*", Resource: "*" }, ["all with exceptions"], ["*"]],
    ["exceptions of resources", { Action: "s3:*", NotResource: "arn:aws:s3:::mine" }, ["s3:*"], ["*"]],
  ] as const) {
    it(`is ${what}`, () => {
      expect(grantOf(statement)).to.deep.equal({ actions, resources });
    });
  }

  it("may be in several statements together", () => {
    expect(
      grantOf(
        { Action: ["s3:Get*", "s3:Put*"], Resource: "arn:aws:s3:::*" },
        { Action: "s3:Delete*", Resource: ["*", "*"] },
      ),
    ).to.deep.equal({ actions: ["s3:Get*", "s3:Put*", "s3:Delete*"], resources: ["arn:aws:s3:::*", "*"] });
  });

  for (const [what, statement] of [
    ["a Deny", { Effect: "Deny", Action: "*", Resource: "*" }],
    ["two kinds of verbs", { Action: ["s3:Get*", "s3:Put*"], Resource: "*" }],
    ["named actions", { Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "*" }],
    ["a named resource", { Action: "s3:*", Resource: "arn:aws:s3:::mine/*" }],
    ["another service's resources", { Action: "s3:*", Resource: "arn:aws:sns:*:*:*" }],
    ["no action", { Resource: "*" }],
  ] as const) {
    it(`is not ${what}`, () => {
      expect(grantOf(statement)).to.equal(undefined);
    });
  }
});

describe("a resource pattern", () => {
  it("has the service, the account and the names of an ARN, each of them wild if it is missing", () => {
    expect(arnParts("arn:aws:iam::1:role/path/mine")).to.deep.equal({
      ...{ service: "iam", account: "1", names: ["path", "mine"] },
    });
    expect(arnParts("arn:aws:logs:us-east-1:1:log-group:mine:*")).to.deep.equal({
      ...{ service: "logs", account: "1", names: ["mine", "*"] },
    });
    expect(arnParts("*")).to.deep.equal({ service: "*", account: "*", names: [""] });
    expect(arnParts("arn:aws:iam::1:mine").names).to.deep.equal(["mine"]);
  });

  for (const service of ["codepipeline", "execute-api", "neptune-db", "s3", "SNS", "sqs"]) {
    it(`has its name first in ${service}`, () => {
      expect(arnParts(`arn:aws:${service}:us-east-1:1:mine/*`).names).to.deep.equal(["mine", "*"]);
    });
  }

  it("matches with its own special characters as text, in any case and over lines", () => {
    for (const special of [".", "+", "^", "$", "{", "}", "(", ")", "|", "[", "]", "\\"]) {
      expect(matches(`a${special}b`, `A${special}B`), special).to.equal(true);
      expect(matches(`a${special}b`, "aab"), special).to.equal(false);
    }
    expect(matches("a***b", "a\nb")).to.equal(true);
    expect(matches("a??b", "axyb")).to.equal(true);
    expect(matches("a??b", "axb")).to.equal(false);
    expect(matches("a", "ab") || matches("b", "ab")).to.equal(false);
  });

  it("is wild with a star and no text", () => {
    for (const pattern of ["*", "**", "?*", "*?", "?*?"]) expect(isWild(pattern), pattern).to.equal(true);
    for (const pattern of ["", "?", "a*", "*a", "*a*"]) expect(isWild(pattern), pattern).to.equal(false);
  });

  it("names a resource by one character that is not a wildcard", () => {
    for (const resource of ["arn:aws:s3:::m*", "arn:aws:iam::1:role/*/m", "arn:aws:s3:::mine"])
      expect(namesResource(resource), resource).to.equal(true);
    for (const resource of ["*", "arn:aws:s3:::*/*", "arn:aws:iam::*:role/?*"])
      expect(namesResource(resource), resource).to.equal(false);
  });

  it("means every resource together with one for half of the first characters", () => {
    const initials = Array.from("abcdefghijklm", (letter) => `arn:aws:s3:::${letter}*`);
    expect(everyResource(initials)).to.deep.equal(initials);
    expect(everyResource(initials.slice(1))).to.deep.equal([]);
    expect(everyResource(["*", ...initials])).to.deep.equal(["*", ...initials]);
    const named = initials.map((each) => each.replace("*", "x*"));
    expect(everyResource(named)).to.deep.equal([]);
    const deeper = initials.map((each) => `${each}/*`);
    expect(everyResource(deeper)).to.deep.equal(deeper);
    expect(everyResource(initials.map((each) => `${each}/mine`))).to.deep.equal([]);
    expect(everyResource(undefined)).to.deep.equal(["*"]);
  });
});

describe("a resource's own policy", () => {
  const open = { Statement: { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" } };
  const judgement = onOpenResourcePolicies((type) => type.includes("topic"), "named accounts");

  for (const path of resourcePolicyPaths) {
    it(`is judged in ${path}`, () => {
      expect(judgementOf(judgement, "aws:sns/topicPolicy:TopicPolicy", propsAt(path, open))).to.deep.equal([
        { at: `${path}.Statement[0]`, value: "Principal *", allowed: "named accounts" },
      ]);
    });
  }

  it("is not judged where the rule or the type excludes it", () => {
    expect(judgement.appliesTo("aws:sqs/queuePolicy:QueuePolicy")).to.equal(false);
    expect(judgement.appliesTo("aws:iam/topic:Topic")).to.equal(false);
    for (const type of [
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "aws:ecrpublic/repositoryPolicy:RepositoryPolicy",
      "aws:organizations/policy:Policy",
      "aws:vpclattice/authPolicy:AuthPolicy",
      "my:sns/topicPolicy:TopicPolicy",
    ])
      expect(hasResourcePolicy(type), type).to.equal(false);
    for (const type of ["aws:sns/topicPolicy:TopicPolicy", "aws:ec2/other:Other"])
      expect(hasResourcePolicy(type), type).to.equal(true);
  });
});
