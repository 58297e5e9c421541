import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { Lambda, type InvokeCommandInput } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { clientsOf, makeQueue, present, refusalOf } from "./fleet";

/** Behaves as its event requests. */
const handler = `
const { EC2Client, DescribeVpcsCommand } = require("@aws-sdk/client-ec2");
exports.handler = async (event, context) => {
  console.log("asked for", event.ask);
  if (event.ask === "error") throw new TypeError("broken on purpose");
  if (event.ask === "exit") process.exit(3);
  if (event.ask === "hang") for (;;);
  if (event.ask === "large") return "x".repeat(200000);
  const { Vpcs } = await new EC2Client({}).send(new DescribeVpcsCommand({}));
  return { owner: Vpcs[0].OwnerId, color: process.env.COLOR, name: context.functionName };
};`;

describe("Lambda functions in the emulator", () => {
  const emulator = useEmulator();

  async function newFunction(given: { readonly Runtime?: "nodejs22.x" | "python3.13" } = {}) {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = clientsOf(config);
    const lambda = new Lambda(config);
    const principal = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const { Role } = await clients.iam.createRole({
      RoleName: "function",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [principal] }),
    });
    await lambda.createFunction({
      FunctionName: "f",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: Role?.Arn,
      Timeout: 30,
      Environment: { Variables: { COLOR: "green" } },
      Code: { ZipFile: zipSync({ "index.js": strToU8(handler) }) },
      ...given,
    });
    const invoke = (ask: string, how: Partial<InvokeCommandInput> = {}) =>
      lambda.invoke({ FunctionName: "f", Payload: strToU8(JSON.stringify({ ask })), ...how });
    const call = async (ask: string) => {
      const { FunctionError, Payload } = await invoke(ask);
      const payload: unknown = JSON.parse(present(Payload).transformToString());
      return { FunctionError, payload };
    };
    return { accountId, ...clients, lambda, logs: new CloudWatchLogs(config), invoke, call };
  }

  it("run with the account's credentials, the emulator's endpoint, and the packages of Lambda's runtime", async () => {
    const { call, accountId } = await newFunction();
    expect(await call("nothing")).to.deep.equal({
      FunctionError: undefined,
      payload: { owner: accountId, color: "green", name: "f" },
    });
  });

  it("return more than a pipe's buffer", async () => {
    const { call } = await newFunction();
    expect((await call("large")).payload).to.have.length(200_000);
  });

  it("report an error, an exit and a timeout as Lambda does", async () => {
    const { call, lambda } = await newFunction();
    const error = await call("error");
    expect(error.FunctionError).to.equal("Unhandled");
    expect(error.payload).to.include({ errorType: "TypeError", errorMessage: "broken on purpose" });
    expect((await call("exit")).payload).to.include({ errorType: "Runtime.ExitError" });
    await lambda.updateFunctionConfiguration({ FunctionName: "f", Timeout: 1 });
    const timeout = await call("hang");
    expect(timeout.FunctionError).to.equal("Unhandled");
    expect(timeout.payload)
      .to.have.property("errorMessage")
      .that.matches(/Task timed out after 1\.00 seconds$/);
  });

  it("log to their group, and return the log's tail on request", async () => {
    const { invoke, logs } = await newFunction();
    const { LogResult } = await invoke("nothing", { LogType: "Tail" });
    expect(Buffer.from(present(LogResult), "base64").toString()).to.match(
      /INFO\tasked for nothing\nEND RequestId/,
    );
    const { events } = await logs.filterLogEvents({ logGroupName: "/aws/lambda/f" });
    const kinds = present(events).map(({ message }) => /START|INFO|END|REPORT/.exec(present(message))?.[0]);
    expect(kinds).to.deep.equal(["START", "INFO", "END", "REPORT"]);
  });

  it("keep their logging and their dead-letter queue", async () => {
    const { lambda, invoke, logs, accountId } = await newFunction();
    const dead = `arn:aws:sqs:us-east-1:${accountId}:dead`;
    await lambda.updateFunctionConfiguration({
      FunctionName: "f",
      LoggingConfig: { LogGroup: "elsewhere", LogFormat: "JSON" },
      DeadLetterConfig: { TargetArn: dead },
    });
    const configuration = await lambda.getFunctionConfiguration({ FunctionName: "f" });
    expect(configuration.LoggingConfig).to.deep.equal({ LogGroup: "elsewhere", LogFormat: "JSON" });
    expect(configuration.DeadLetterConfig).to.deep.equal({ TargetArn: dead });
    await invoke("nothing");
    const { events } = await logs.filterLogEvents({ logGroupName: "elsewhere", filterPattern: "asked" });
    const line: unknown = JSON.parse(present(events?.[0]?.message));
    expect(line).to.include({ level: "INFO", message: "asked for nothing" });
  });

  it("deliver the results of events to their destinations, failures after their retries", async () => {
    const account = await newFunction();
    const [succeeded, failed] = [
      await makeQueue(account, "succeeded", account.accountId),
      await makeQueue(account, "failed", account.accountId),
    ];
    await account.lambda.putFunctionEventInvokeConfig({
      FunctionName: "f",
      MaximumRetryAttempts: 1,
      DestinationConfig: {
        OnSuccess: { Destination: succeeded.arn },
        OnFailure: { Destination: failed.arn },
      },
    });
    const { StatusCode } = await account.invoke("nothing", { InvocationType: "Event" });
    expect(StatusCode).to.equal(202);
    await account.invoke("error", { InvocationType: "Event" });

    const recordOf = (queue: typeof succeeded) =>
      eventually("a result", async (): Promise<unknown> => {
        const [message] = await queue.take();
        return message === undefined ? undefined : JSON.parse(present(message.Body));
      });
    const success = await recordOf(succeeded);
    expect(success).to.have.nested.property("requestContext.condition", "Success");
    expect(success).to.have.nested.property("requestPayload.ask", "nothing");
    expect(success).to.have.nested.property("responsePayload.color", "green");
    const failure = await recordOf(failed);
    expect(failure).to.have.nested.property("requestContext.condition", "RetriesExhausted");
    expect(failure).to.have.nested.property("requestContext.approximateInvokeCount", 2);
    expect(failure).to.have.nested.property("responsePayload.errorMessage", "broken on purpose");
  });

  it("run when a topic calls them, which may in turn call AWS", async () => {
    const account = await newFunction();
    const { TopicArn } = await account.sns.createTopic({ Name: "news" });
    const { FunctionArn } = await account.lambda.getFunctionConfiguration({ FunctionName: "f" });
    await account.sns.subscribe({ TopicArn, Protocol: "lambda", Endpoint: FunctionArn });
    await account.sns.publish({ TopicArn, Message: "hello" });
    await eventually("a log of the call", async () => {
      const { logGroups } = await account.logs.describeLogGroups({});
      return logGroups?.some(({ logGroupName }) => logGroupName === "/aws/lambda/f") === true
        ? true
        : undefined;
    });
  });

  it("run no more at a time than their reserved concurrency", async () => {
    const { lambda, invoke } = await newFunction();
    await lambda.putFunctionConcurrency({ FunctionName: "f", ReservedConcurrentExecutions: 0 });
    expect((await refusalOf(invoke("nothing"))).name).to.equal("TooManyRequestsException");
  });

  it("return an error when the emulator cannot run their kind, or when the event is not JSON", async () => {
    const python = await newFunction({ Runtime: "python3.13" });
    const refusal = await refusalOf(python.invoke("nothing"));
    expect(refusal.message).to.contain("Node.js functions from a zip file, not python3.13");
    const { invoke } = await newFunction();
    const broken = await refusalOf(invoke("nothing", { Payload: strToU8("{") }));
    expect(broken.name).to.equal("InvalidRequestContentException");
  });
});
