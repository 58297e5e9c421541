import { expect } from "chai";

import { role } from "../../../../localAws/providers/aws/iam/role";
import { deploymentPackage } from "../../../../localAws/providers/aws/lambda/deploymentPackage";
import { lambdaFunction } from "../../../../localAws/providers/aws/lambda/function";
import { functionEventInvokeConfig } from "../../../../localAws/providers/aws/lambda/functionEventInvokeConfig";
import { functionUrl } from "../../../../localAws/providers/aws/lambda/functionUrl";
import { permission } from "../../../../localAws/providers/aws/lambda/permission";
import { logGroup } from "../../../../localAws/providers/aws/logs/logGroup";
import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { queue } from "../../../../localAws/providers/aws/sqs/queue";
import { archiveOf, trust } from "./documents";
import { emulatedAccount } from "./emulated";
import {
  change,
  driftOf,
  end,
  expectInStep,
  make,
  preview,
  problemsOf,
  refresh,
  textIn,
  type Kept,
} from "./life";

describe("Lambda types on the emulator", () => {
  const account = emulatedAccount();
  let inputs: Properties;
  let made: Kept;

  before(async () => {
    const { aws } = account;
    const executor = await make(aws, role, { assumeRolePolicy: trust("lambda.amazonaws.com") });
    await make(aws, logGroup, { name: "/launcher" });
    inputs = {
      architectures: ["arm64"],
      code: archiveOf({ "index.js": "exports.handler = async () => 'first';" }),
      environment: { variables: { GREETING: "hello" } },
      handler: "index.handler",
      loggingConfig: { logFormat: "Text", logGroup: "/launcher" },
      name: "launcher",
      role: textIn(executor, "arn"),
      runtime: "nodejs22.x",
      tags: { Name: "launcher" },
    };
    made = await make(aws, lambdaFunction, inputs);
  });

  /** The result of an invocation of the function. */
  async function call(): Promise<string> {
    const { Payload } = await (await account.aws.lambda()).invoke({ FunctionName: "launcher" });
    return Payload?.transformToString() ?? "";
  }

  it("create a function that runs", async () => {
    const { aws } = account;
    await expectInStep(aws, made);
    expect(textIn(made, "invokeArn")).to.contain(`${textIn(made, "arn")}/invocations`);
    expect(await call()).to.equal('"first"');
  });

  it("package the same code into the same bytes", async () => {
    const { aws } = account;
    const twin = await make(aws, lambdaFunction, { ...inputs, name: "twin" });
    expect(twin.state["codeSha256"]).to.equal(made.state["codeSha256"]);
    await end(aws, twin);
  });

  it("change a function's settings and code in place", async () => {
    const { aws } = account;
    const dead = await make(aws, queue, { name: "dead" });
    inputs = {
      ...inputs,
      deadLetterConfig: { targetArn: textIn(dead, "arn") },
      description: "launches servers",
      environment: { variables: { GREETING: "hi", NAME: "you" } },
      memorySize: 256,
      reservedConcurrentExecutions: 1,
      tags: { Team: "web" },
      timeout: 60,
    };
    const before = made.state["codeSha256"];
    made = await change(aws, made, inputs);
    await expectInStep(aws, made);
    expect(made.state["codeSha256"]).to.equal(before);

    inputs = {
      ...inputs,
      code: archiveOf({ "index.js": "exports.handler = async () => process.env.NAME;" }),
      environment: { variables: { NAME: "you" } },
      reservedConcurrentExecutions: -1,
    };
    expect(preview(made, inputs).changed).to.deep.equal([
      "code",
      "environment",
      "reservedConcurrentExecutions",
    ]);
    made = await change(aws, made, inputs);
    await expectInStep(aws, made);
    expect(made.state["codeSha256"]).not.to.equal(before);
    expect(await call()).to.equal('"you"');
  });

  it("detect changes of settings and code outside of Pulumi", async () => {
    const { aws } = account;
    const lambda = await aws.lambda();
    await lambda.updateFunctionConfiguration({ FunctionName: "launcher", MemorySize: 512 });
    const foreign = archiveOf({ "index.js": "exports.handler = async () => 'foreign';" });
    await lambda.updateFunctionCode({ FunctionName: "launcher", ZipFile: deploymentPackage(foreign) });
    expect(await driftOf(aws, made)).to.deep.equal(["code", "memorySize"]);
    made = await change(aws, (await refresh(aws, made)) ?? made, inputs);
    await expectInStep(aws, made);
    expect(await call()).to.equal('"you"');
  });

  it("manage the configuration of asynchronous invocations", async () => {
    const { aws } = account;
    const results = textIn(await make(aws, queue, { name: "results" }), "arn");
    const failures = textIn(await make(aws, queue, { name: "failures" }), "arn");
    const config = await make(aws, functionEventInvokeConfig, {
      destinationConfig: { onFailure: { destination: failures }, onSuccess: { destination: results } },
      functionName: "launcher",
      maximumEventAgeInSeconds: 900,
      maximumRetryAttempts: 0,
    });
    await expectInStep(aws, config);
    const changed = await change(aws, config, {
      destinationConfig: { onFailure: { destination: results } },
      functionName: "launcher",
    });
    await expectInStep(aws, changed);
    await (
      await aws.lambda()
    ).putFunctionEventInvokeConfig({ FunctionName: "launcher", MaximumRetryAttempts: 1 });
    expect(await driftOf(aws, changed)).to.deep.equal(["destinationConfig", "maximumRetryAttempts"]);
    await end(aws, changed);
  });

  it("manage the permissions of a function", async () => {
    const { aws } = account;
    const allowed = await make(aws, permission, {
      action: "lambda:InvokeFunction",
      function: "launcher",
      principal: "events.amazonaws.com",
      sourceArn: "arn:aws:events:us-east-1:123456789012:rule/morning",
    });
    await expectInStep(aws, allowed);
    const everyone = await make(aws, permission, {
      action: "lambda:InvokeFunctionUrl",
      function: "launcher",
      functionUrlAuthType: "AWS_IAM",
      principal: aws.accountId,
      statementId: "url",
    });
    await expectInStep(aws, everyone);
    await end(aws, allowed);
    await end(aws, everyone);
  });

  it("manage a function's URL", async () => {
    const { aws } = account;
    const address = await make(aws, functionUrl, { authorizationType: "AWS_IAM", functionName: "launcher" });
    await expectInStep(aws, address);
    const changed = await change(aws, address, { authorizationType: "NONE", functionName: "launcher" });
    await expectInStep(aws, changed);
    await end(aws, changed);
  });

  it("delete the function", async () => {
    await end(account.aws, made);
  });

  it("refuse everything that Lambda refuses, all at once", () => {
    const problems = [
      ...problemsOf(lambdaFunction, { ...inputs, memorySize: 64, runtime: "python3.13", timeout: 901 }),
      ...problemsOf(functionEventInvokeConfig, { functionName: "launcher", maximumRetryAttempts: 3 }),
      ...problemsOf(functionUrl, { authorizationType: "OPEN", functionName: "launcher" }),
    ];
    expect(problems.map(({ property }) => property)).to.deep.equal([
      "memorySize",
      "timeout",
      "runtime",
      "maximumRetryAttempts",
      "authorizationType",
    ]);
  });
});
