import { expect } from "chai";
import { z } from "zod";

import { tagKeys } from "../../../lambda/server";
import { newestDebian } from "../../support/mockedTypes";
import { type MockedRun, only } from "../../support/mocks";
import { functionOf, run, scheduleOf } from "./launcher";

const statements = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string().optional(),
      Action: z.union([z.string(), z.array(z.string())]),
      Resource: z.union([z.string(), z.array(z.string())]),
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    }),
  ),
});

function statementsOf(launcher: MockedRun<unknown>, role: "function" | "scheduler") {
  const { inputs } = only(launcher, "aws:iam/rolePolicy:RolePolicy", `site-launcher-${role}`);
  return statements.parse(JSON.parse(String(inputs["policy"]))).Statement;
}

describe("the launcher's roles", () => {
  it("allow the function to start only tagged, encrypted servers of its type and image in its subnets", async () => {
    const own = statementsOf(await run({ keyPairName: "vockey" }), "function");
    const runs = own.filter(({ Action }) => Action === "ec2:RunInstances");
    const owner = { [`aws:RequestTag/${tagKeys.owner}`]: "wordpress/test/site" };
    expect(runs.map(({ Resource, Condition }) => ({ Resource, Condition }))).to.deep.equal([
      {
        Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
        Condition: {
          StringEquals: {
            "ec2:InstanceType": "t3.micro",
            "ec2:MetadataHttpTokens": "required",
            ...owner,
          },
        },
      },
      {
        Resource: "arn:aws:ec2:us-east-1:123456789012:volume/*",
        Condition: { Bool: { "ec2:Encrypted": "true" }, StringEquals: owner },
      },
      {
        Resource: "arn:aws:ec2:us-east-1:123456789012:network-interface/*",
        Condition: { Bool: { "ec2:AssociatePublicIpAddress": "false" }, StringEquals: owner },
      },
      {
        Resource: [
          `arn:aws:ec2:us-east-1::image/${newestDebian}`,
          "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0a",
          "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0b",
          "arn:aws:ec2:us-east-1:123456789012:security-group/site-launched-id",
          "arn:aws:ec2:us-east-1:123456789012:key-pair/vockey",
        ],
        Condition: undefined,
      },
    ]);
  });

  it("allow the function to terminate only servers with its tag, tag only new servers, and pass no role", async () => {
    const own = statementsOf(await run(), "function");
    const conditionOf = (action: string) => own.find(({ Action }) => Action === action)?.Condition;
    expect(conditionOf("ec2:TerminateInstances")).to.deep.equal({
      StringEquals: { [`aws:ResourceTag/${tagKeys.owner}`]: "wordpress/test/site" },
    });
    expect(conditionOf("ec2:CreateTags")).to.deep.equal({
      StringEquals: { "ec2:CreateAction": "RunInstances" },
    });
    const actions = new Set(own.flatMap(({ Action }) => Action));
    expect([...actions]).to.have.members([
      "ec2:RunInstances",
      "ec2:CreateTags",
      "ec2:TerminateInstances",
      "ec2:DescribeInstances",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:SendMessage",
    ]);
    const everywhere = own.filter(({ Resource }) => Resource === "*").map(({ Action }) => Action);
    expect(everywhere).to.deep.equal(["ec2:DescribeInstances"]);
  });

  it("allow the scheduler to invoke only this function, only for this group's schedules", async () => {
    const launcher = await run();
    const own = statementsOf(launcher, "scheduler");
    expect(own.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      ["lambda:InvokeFunction", "arn:aws:lambda:us-east-1:123456789012:function:site-launcher"],
      ["sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:site-launcher-failures"],
    ]);
    const { inputs } = only(launcher, "aws:iam/role:Role", "site-launcher-scheduler");
    expect(JSON.parse(String(inputs["assumeRolePolicy"]))).to.have.deep.nested.property(
      "Statement[0].Condition",
      {
        StringEquals: {
          "aws:SourceAccount": "123456789012",
          "aws:SourceArn": "arn:aws:scheduler:us-east-1:123456789012:schedule-group/site-launcher",
        },
      },
    );
  });

  it("are not created when the settings name an existing role", async () => {
    const existingRoleArn = "arn:aws:iam::123456789012:role/LabRole";
    const launcher = await run({ existingRoleArn });
    expect(launcher.resources.filter(({ type }) => type.startsWith("aws:iam/"))).to.deep.equal([]);
    expect(functionOf(launcher).role).to.equal(existingRoleArn);
    expect(scheduleOf(launcher, "launch").target.roleArn).to.equal(existingRoleArn);
    expect(scheduleOf(launcher, "sweep").target.roleArn).to.equal(existingRoleArn);
  });
});
