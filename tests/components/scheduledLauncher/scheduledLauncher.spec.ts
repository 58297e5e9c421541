import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { readSettings } from "../../../lambda/settings";
import { newestArmDebian, newestDebian } from "../../support/mockedTypes";
import { all, only } from "../../support/mocks";
import { problemsOf } from "../../support/problems";
import { untagged } from "../../support/tags";
import { create, functionOf, run, scheduleOf, surroundings } from "./launcher";

describe("ScheduledLauncher", () => {
  describe("its schedules", () => {
    it("invoke the function in local time, at the exact minute, with limited retries and a dead-letter queue", async () => {
      const launcher = await run({
        schedule: "cron(0 9 ? * MON-FRI *)",
        timeZone: "Asia/Seoul",
        maxRetries: 5,
        maxEventAgeSeconds: 600,
      });
      const schedule = scheduleOf(launcher, "launch");
      expect(schedule).to.deep.include({
        groupName: "site-launcher",
        scheduleExpression: "cron(0 9 ? * MON-FRI *)",
        scheduleExpressionTimezone: "Asia/Seoul",
        state: "ENABLED",
        flexibleTimeWindow: { mode: "OFF" },
      });
      expect(schedule.target).to.deep.include({
        arn: "arn:aws:lambda:us-east-1:123456789012:function:site-launcher",
        roleArn: "arn:aws:iam::123456789012:role/site-launcher-scheduler",
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 600 },
        deadLetterConfig: { arn: "arn:aws:sqs:us-east-1:123456789012:site-launcher-failures" },
      });
    });

    it("send the schedule and the planned time to the function", async () => {
      const { target } = scheduleOf(await run(), "launch");
      expect(JSON.parse(target.input)).to.deep.equal({
        action: "launch",
        schedule: "<aws.scheduler.schedule-arn>",
        plannedTime: "<aws.scheduler.scheduled-time>",
        executionId: "<aws.scheduler.execution-id>",
      });
    });

    it("sweep even when launches are disabled", async () => {
      const launcher = await run({ enabled: false, sweepEveryMinutes: 1 });
      expect(scheduleOf(launcher, "launch").state).to.equal("DISABLED");
      const sweep = scheduleOf(launcher, "sweep");
      expect(sweep).to.include({ state: "ENABLED", scheduleExpression: "rate(1 minute)" });
      expect(JSON.parse(sweep.target.input)).to.include({ action: "sweep" });
    });
  });

  describe("its function", () => {
    it("gets settings that it can read", async () => {
      const launcher = await run({
        serverCount: 2,
        maxRunningServers: 4,
        timeToLiveMinutes: 90,
        maxEventAgeSeconds: 120,
        keyPairName: "vockey",
        serverTags: { Course: "cloud" },
        tags: { Stack: "test" },
      });
      const { variables } = functionOf(launcher).environment;
      expect(variables["SECURITY_GROUP_IDS"]).to.equal("site-launched-id");
      // The mocks' ids do not have AWS's form.
      expect(readSettings({ ...variables, SECURITY_GROUP_IDS: "sg-01" })).to.deep.equal({
        owner: "wordpress/test/site",
        imageId: newestDebian,
        rootDeviceName: "/dev/xvda",
        instanceType: "t3.micro",
        keyPairName: "vockey",
        serverCount: 2,
        maxRunningServers: 4,
        timeToLiveMinutes: 90,
        maxLatenessSeconds: 120,
        subnetIds: surroundings.subnetIds,
        securityGroupIds: ["sg-01"],
        serverTags: { Course: "cloud", Name: "site-launched", Stack: "test" },
      });
    });

    it("uses the image of the settings", async () => {
      const launcher = await run({ amiId: "ami-0123456789abcdef0" });
      expect(functionOf(launcher).environment.variables["IMAGE_ID"]).to.equal("ami-0123456789abcdef0");
    });

    it("has the memory, the time limit and the log retention of the settings", async () => {
      const launcher = await run({ memoryMiB: 512, timeoutSeconds: 30, logRetentionDays: 30 });
      const { inputs } = only(launcher, "aws:lambda/function:Function");
      expect(inputs).to.deep.include({
        memorySize: 512,
        timeout: 30,
        runtime: "nodejs24.x",
        handler: "index.handler",
        loggingConfig: { logFormat: "Text", logGroup: "site-launcher" },
      });
      expect(only(launcher, "aws:cloudwatch/logGroup:LogGroup").inputs).to.include({ retentionInDays: 30 });
    });

    it("sends results and failures to separate queues, within Lambda's limits", async () => {
      const launcher = await run({ maxRetries: 185, maxEventAgeSeconds: 86_400 });
      const { inputs } = only(launcher, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
      expect(inputs).to.deep.equal({
        functionName: "site-launcher",
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: 21_600,
        destinationConfig: {
          onSuccess: { destination: "arn:aws:sqs:us-east-1:123456789012:site-launcher-results" },
          onFailure: { destination: "arn:aws:sqs:us-east-1:123456789012:site-launcher-failures" },
        },
      });
    });

    it("has no URL by default, and with the setting one for IAM-authenticated callers only", async () => {
      const type = "aws:lambda/functionUrl:FunctionUrl";
      const closed = await run();
      expect(all(closed, type)).to.deep.equal([]);
      expect(closed.outputs.functionUrl).to.equal(undefined);
      const open = await run({ functionUrl: true });
      expect(only(open, type).inputs).to.include({ authorizationType: "AWS_IAM" });
      expect(open.outputs.functionUrl).to.match(/^https:/);
    });
  });

  describe("its queues", () => {
    it("are encrypted, and a failure triggers an alarm", async () => {
      const launcher = await run({ alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms" });
      const queues = all(launcher, "aws:sqs/queue:Queue");
      expect(queues).to.have.lengthOf(2);
      queues.forEach(({ inputs }) => expect(inputs).to.include({ sqsManagedSseEnabled: true }));
      expect(only(launcher, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs).to.deep.include({
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: "site-launcher-failures" },
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"],
      });
    });
  });

  describe("its servers", () => {
    it("are in a security group without inbound rules", async () => {
      const launcher = await run();
      const { inputs } = only(launcher, "aws:ec2/securityGroup:SecurityGroup");
      expect(inputs).to.include({ vpcId: "vpc-0a" }).and.not.have.property("ingress");
      expect(all(launcher, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).to.deep.equal([]);
    });

    it("use the newest Debian for their processor", async () => {
      const imageOf = async (instanceType: string) => {
        const { inputs } = only(await run({ instanceType }), "aws:lambda/function:Function");
        return JSON.stringify(inputs["environment"]);
      };
      expect(await imageOf("t3.micro")).to.include(newestDebian);
      expect(await imageOf("t4g.micro")).to.include(newestArmDebian);
    });

    it("are refused with an image for another processor", async () => {
      const failure = await run({ instanceType: "t4g.micro", amiId: "ami-0123456789abcdef0" }).then(
        () => expect.fail("expected the image to be refused"),
        (error: unknown) => error,
      );
      expect(String(failure)).to.include(
        'launcher.amiId: "ami-0123456789abcdef0" - allowed: an AMI for arm64, as t4g.micro is',
      );
    });
  });

  it("tags every resource that accepts tags", async () => {
    expect(untagged(await run({ tags: { Stack: "test" } }), { Stack: "test" })).to.deep.equal([]);
  });

  it("refuses all wrong arguments at once, before any resource is registered", async () => {
    const wrong = {
      schedule: "cron(0 9 * * * *)",
      timeZone: "Seoul",
      serverCount: 5,
      maxRunningServers: 4,
      timeToLiveMinutes: 0,
      serverTags: { "launcher:owner": "me" },
      existingRoleArn: "LabRole",
    };
    expect(await problemsOf(() => create(wrong))).to.have.members([
      'schedule: "cron(0 9 * * * *)"',
      'timeZone: "Seoul"',
      "timeToLiveMinutes: 0",
      'serverTags.launcher:owner: "me"',
      'existingRoleArn: "LabRole"',
      "maxRunningServers: 4",
    ]);
  });

  it("refuses a single subnet, also in an Output", async () => {
    const late = run({ subnetIds: pulumi.output(["subnet-0a"]) });
    let message = "";
    await late.catch((error: unknown) => {
      message = String(error);
    });
    expect(message).to.contain("subnetIds").and.contain("two or more different subnets");
  });
});
