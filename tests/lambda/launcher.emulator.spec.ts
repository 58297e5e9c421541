import { Scheduler } from "@aws-sdk/client-scheduler";
import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { contextAttributes } from "../../components/scheduledLauncher/schedules";
import { tagKeys } from "../../lambda/server";
import { startClock, stopClock } from "../../localAws/clock";
import { useEmulator } from "../support/emulator";
import { deploy, invoke, limits, loggedMetrics, nextMessages, running, runningIds, send } from "./deployment";

const plannedNow = () => `${new Date().toISOString().slice(0, 19)}Z`;
const secondsLater = (time: string, seconds: number) =>
  `${new Date(Date.parse(time) + seconds * 1_000).toISOString().slice(0, 19)}Z`;

const noSubnetId = "subnet-0123456789abcdef0";

describe("the function's package on the emulator", () => {
  const emulator = useEmulator();
  /** Each test has an account of its own, so that no test sees another's resources. */
  const freshAccount = () => emulator.clientConfig(emulator.newAccountId());

  it("starts the servers of its settings when the event is empty", async () => {
    const deployment = await deploy(freshAccount());
    const { answer, failed } = await invoke(deployment, {});
    expect(failed, JSON.stringify(answer)).to.equal(false);
    const servers = await running(deployment);
    expect(servers).to.have.lengthOf(limits.serverCount);
    expect(answer)
      .to.have.property("serverIds")
      .that.has.members(servers.map(({ InstanceId }) => InstanceId));
    expect(servers.map(({ SubnetId }) => SubnetId)).to.have.members([...deployment.subnetIds]);
    for (const server of servers) {
      expect(server).to.include({
        ImageId: deployment.imageId,
        InstanceType: "t3.micro",
        VpcId: deployment.vpcId,
      });
      expect(server.PublicIpAddress).to.equal(undefined);
      expect(server.MetadataOptions).to.include({ HttpTokens: "required" });
      expect(server.SecurityGroups?.map(({ GroupName }) => GroupName)).to.deep.equal(["launched"]);
      const tags = Object.fromEntries((server.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value]));
      expect(tags).to.include({ Course: "cloud", [tagKeys.owner]: deployment.owner });
      const life = Date.parse(tags[tagKeys.expiresAt] ?? "") - Date.parse(tags[tagKeys.plannedTime] ?? "");
      expect(life).to.equal(limits.timeToLiveMinutes * 60_000);
    }
    const volumes = await deployment.ec2.describeVolumes({});
    expect(volumes.Volumes?.map(({ Encrypted }) => Encrypted)).to.deep.equal([true, true]);
  });

  it("starts one set of servers when the same event arrives ten times at once", async () => {
    const deployment = await deploy(freshAccount());
    const event = { schedule: "weekdays", plannedTime: plannedNow() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => invoke(deployment, event)));
    expect(answers.map(({ failed }) => failed)).not.to.include(true);
    const servers = await runningIds(deployment);
    expect(servers).to.have.lengthOf(limits.serverCount);
    for (const { answer } of answers) {
      expect(answer)
        .to.have.property("serverIds")
        .that.has.members([...servers]);
    }
  });

  it("refuses the same planned time with other parameters", async () => {
    const deployment = await deploy(freshAccount());
    const event = { schedule: "weekdays", plannedTime: plannedNow() };
    await invoke(deployment, event);
    const { failed, answer } = await invoke(deployment, { ...event, serverCount: 1 });
    expect(failed).to.equal(true);
    expect(answer).to.include({ errorType: "ConflictError" });
    expect(await runningIds(deployment)).to.have.lengthOf(limits.serverCount);
  });

  it("stays within its maximum when different launches start at once", async () => {
    const deployment = await deploy(freshAccount());
    const first = plannedNow();
    const events = [0, 1, 2, 3, 4, 5].map((second) => ({
      schedule: "weekdays",
      plannedTime: secondsLater(first, -second),
    }));
    await Promise.all(events.map((event) => invoke(deployment, event)));
    expect(await runningIds(deployment)).to.have.lengthOf(limits.maxRunningServers);
    const { answer } = await invoke(deployment, {});
    expect(answer).to.include({ outcome: "skipped" });
    expect(await runningIds(deployment)).to.have.lengthOf(limits.maxRunningServers);
  });

  it("terminates exactly its own expired servers", async () => {
    const deployment = await deploy(freshAccount());
    const { ec2 } = deployment;
    await invoke(deployment, {});
    const [expired = "", ...alive] = await runningIds(deployment);
    const past = [{ Key: tagKeys.expiresAt, Value: new Date(Date.now() - 1_000).toISOString() }];
    const others = await ec2.runInstances({ ImageId: deployment.imageId, MinCount: 2, MaxCount: 2 });
    const [untagged = "", another = ""] = (others.Instances ?? []).map(({ InstanceId }) => InstanceId ?? "");
    await ec2.createTags({ Resources: [expired, untagged, another], Tags: past });
    await ec2.createTags({ Resources: [another], Tags: [{ Key: tagKeys.owner, Value: "another/launcher" }] });

    const { answer } = await invoke(deployment, { action: "sweep" });
    expect(answer).to.deep.equal({ outcome: "swept", endedIds: [expired], failures: [] });
    expect(await runningIds(deployment)).to.have.members([...alive, untagged, another]);
  });

  it("sends its results to the results queue, and every failure to the failures queue", async () => {
    const deployment = await deploy(freshAccount());
    await send(deployment, {});
    const [result] = await nextMessages(deployment, deployment.resultsUrl, 1);
    expect(result).to.have.nested.property("responsePayload.outcome", "launched");

    const events = [{ serverCount: 99 }, { plannedTime: "yesterday" }, { action: "destroy" }];
    await Promise.all(events.map((event) => send(deployment, event)));
    const failures = await nextMessages(deployment, deployment.failuresUrl, events.length);
    expect(failures.map(({ requestPayload }) => requestPayload)).to.have.deep.members(events);
    for (const { responsePayload } of failures) {
      expect(responsePayload).to.have.property("errorType", "InvalidInputError");
    }
  });

  it("reports EC2's error in the failures queue and in its log's metrics", async () => {
    const deployment = await deploy(freshAccount(), () => [noSubnetId]);
    await send(deployment, {});
    const [failure] = await nextMessages(deployment, deployment.failuresUrl, 1);
    expect(failure).to.have.nested.property("responsePayload.errorType", "IncompleteError");
    expect(failure)
      .to.have.nested.property("responsePayload.errorMessage")
      .that.contains(`start 2 in ${noSubnetId}: InvalidSubnetID.NotFound`);
    expect(failure).to.have.nested.property("requestContext.approximateInvokeCount", 2);
    const lines = await loggedMetrics(deployment);
    expect(lines).to.have.lengthOf(2);
    for (const line of lines) expect(line).to.include({ level: "ERROR", Launched: 0, Failed: 1 });
  });

  it("starts no server twice when Lambda retries an incomplete call", async () => {
    const deployment = await deploy(freshAccount(), ([first = ""]) => [first, noSubnetId]);
    await send(deployment, {});
    const [failure] = await nextMessages(deployment, deployment.failuresUrl, 1);
    expect(failure).to.have.nested.property("requestContext.approximateInvokeCount", 2);
    expect(await runningIds(deployment)).to.have.lengthOf(1);
  });

  it("reports that EC2 does not answer, before Lambda ends the function", async () => {
    const deployment = await deploy(freshAccount());
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    try {
      const address = silent.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const { Environment } = await deployment.lambda.getFunctionConfiguration({
        FunctionName: deployment.functionName,
      });
      await deployment.lambda.updateFunctionConfiguration({
        FunctionName: deployment.functionName,
        Timeout: 2,
        Environment: {
          Variables: {
            ...Environment?.Variables,
            AWS_ENDPOINT_URL_EC2: `http://127.0.0.1:${String(port)}`,
          },
        },
      });
      const { failed, answer } = await invoke(deployment, {});
      expect(failed).to.equal(true);
      expect(answer).to.include({ errorType: "TimeLimitError" });
      const [line] = await loggedMetrics(deployment);
      expect(line).to.include({ level: "ERROR", error: "TimeLimitError", Failed: 1 });
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });

  it("runs when a schedule invokes it at the planned time", async () => {
    const config = freshAccount();
    const deployment = await deploy(config);
    const folder = await mkdtemp(path.join(tmpdir(), "clock-"));
    await startClock({ endpoint: emulator.endpoint, folder });
    try {
      const plannedTime = secondsLater(plannedNow(), 3);
      await new Scheduler(config).createSchedule({
        Name: "launch",
        ScheduleExpression: `at(${plannedTime.replace("Z", "")})`,
        ScheduleExpressionTimezone: "UTC",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: {
          Arn: deployment.functionArn,
          RoleArn: deployment.roleArn,
          Input: JSON.stringify({ action: "launch", ...contextAttributes }),
        },
      });
      const [result] = await nextMessages(deployment, deployment.resultsUrl, 1);
      expect(result).to.have.nested.property("requestPayload.plannedTime", plannedTime);
      expect(result).to.have.nested.property("responsePayload.outcome", "launched");
      expect(await runningIds(deployment)).to.have.lengthOf(limits.serverCount);
    } finally {
      await stopClock(folder);
      await rm(folder, { recursive: true });
    }
  });
});
