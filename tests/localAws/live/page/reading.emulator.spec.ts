import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import type { PageState } from "../../../../localAws/live/page/model/page";
import { accountReaders, emulatorReaders } from "../../../../localAws/live/page/reading/clients";
import { discover, namesInOutputs } from "../../../../localAws/live/page/reading/names";
import { localPace } from "../../../../localAws/live/page/reading/reader";
import { makeWatch, type Watch } from "../../../../localAws/live/page/watch";
import { useEmulator } from "../../../support/emulator";
import { eventually } from "../../../support/eventually";
import { present } from "../../emulator/fleet";
import { makeSite } from "./emulatedSite";
import { addressOf, recordingProxy } from "./recordingProxy";

describe("the page's reading of an account", () => {
  const emulator = useEmulator({ clock: true });
  let accountId: string;
  let site: Awaited<ReturnType<typeof makeSite>>;
  let proxy: Server | undefined;
  const calls: string[] = [];
  const environment: Record<string, string | undefined> = {};
  let watch: Watch | undefined;
  let endFollowing: () => void = () => undefined;
  /** How far the page's clock is ahead. */
  let skippedMilliseconds = 0;

  before(async () => {
    accountId = emulator.newAccountId();
    site = await makeSite(emulator.clientConfig(accountId), "dev", { min: 1, desired: 1, max: 3 });
    proxy = await recordingProxy(emulator.endpoint, calls);
    for (const [name, value] of Object.entries({
      AWS_ENDPOINT_URL: addressOf(proxy),
      AWS_ACCESS_KEY_ID: accountId,
      AWS_SECRET_ACCESS_KEY: "any",
    })) {
      environment[name] = process.env[name];
      process.env[name] = value;
    }
  });
  afterEach(() => {
    skippedMilliseconds = 0;
  });
  after(async () => {
    await watch?.stop();
    proxy?.close();
    proxy?.closeAllConnections();
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  /** A real account's page, with the emulator as AWS. */
  const openWatch = async () => {
    await watch?.stop();
    const stack = namesInOutputs("dev", site.outputs);
    watch = makeWatch({
      about: { stack: "dev", region: stack.region, where: "aws" },
      readers: accountReaders(stack.region),
      locate: () => Promise.resolve(stack),
      pace: localPace,
      now: () => Date.now() + skippedMilliseconds,
    });
    endFollowing = watch.follow(() => undefined);
    return watch.state;
  };
  const seen = (what: string, read: () => PageState | undefined, test: (state: PageState) => boolean) =>
    eventually(what, () => {
      const state = read();
      return Promise.resolve(state !== undefined && test(state) ? state : undefined);
    });

  it("finds the stack of an account by its group, and the names in a program's outputs", async () => {
    const readers = emulatorReaders({ endpoint: emulator.endpoint, accountId, region: "us-east-1" });
    const found = present(await discover(readers, "us-east-1"));
    const { siteUrl, secondsPerMinute, ...names } = namesInOutputs("dev", site.outputs);
    expect(found).to.deep.include(names);
    expect({ siteUrl, secondsPerMinute }).to.deep.equal({ siteUrl: null, secondsPerMinute: 60 });
    expect(() => namesInOutputs("dev", { vpcId: "vpc-1" })).to.throw(
      "The stack dev has not all outputs that the page needs: autoScalingGroupName, targetGroupArn, databaseAddress.",
    );
    const empty = emulatorReaders({
      endpoint: emulator.endpoint,
      accountId: emulator.newAccountId(),
      region: "us-east-1",
    });
    expect(await discover(empty, "us-east-1")).to.equal(undefined);
  });

  it("follows a load from the metric over alarm and activity to the second healthy server", async () => {
    const read = await openWatch();
    await seen("one healthy server", read, ({ servers }) => servers[0]?.target?.state === "healthy");
    await new CloudWatch(emulator.clientConfig(accountId)).putMetricData({
      Namespace: "AWS/EC2",
      MetricData: [
        {
          MetricName: "CPUUtilization",
          Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
          Value: 95,
          Unit: "Percent",
        },
      ],
    });
    const state = await seen(
      "two healthy servers",
      read,
      ({ servers, timeline }) =>
        servers.length === 2 &&
        servers.every(({ target }) => target?.state === "healthy") &&
        timeline.some(({ kind }) => kind === "metric"),
    );
    const { group, cpu, alarms, timeline, database, cost, problems } = state;
    expect(problems).to.deep.equal([]);
    expect(group).to.deep.include({ name: "web", min: 1, desired: 2, max: 3 });
    expect(cpu).to.deep.include({ target: 80 });
    expect(cpu.group.at(-1)?.[1]).to.equal(95);
    expect(alarms.map(({ scales }) => scales)).to.have.members(["out", "in"]);
    expect(database).to.deep.include({
      id: "wordpress-db",
      state: "available",
      instanceClass: "db.t4g.micro",
    });
    expect(cost?.parts.map(({ name }) => name)).to.include("2 x t3.micro");
    const launch = present(timeline.find(({ detail }) => detail?.includes("monitor alarm") === true));
    const alarm = present(timeline.find(({ id }) => id === launch.because));
    expect(alarm.text).to.equal("Alarm target tracking: scale out: ALARM");
    expect(timeline.find(({ id }) => id === alarm.because)?.text).to.contain(
      "above the target of 80 %: 95 %",
    );
  });

  it("calls only what AWS's ReadOnlyAccess allows: Describe, Get and List", () => {
    expect(new Set(calls)).to.include.members([
      "DescribeAutoScalingGroups",
      "GetMetricData",
      "DescribeDBInstances",
    ]);
    expect(calls.filter((call) => !/^(?:Describe|Get|List)[A-Z]/.test(call))).to.deep.equal([]);
  });

  it("says that the credentials have expired in one sentence, and keeps what it knows", async () => {
    await emulator.api.markKey(accountId, "expired");
    try {
      const state = await seen(
        "the sentence",
        () => watch?.state(),
        ({ problems }) => problems.length > 0,
      );
      expect(state.problems.map(({ text }) => text)).to.deep.equal([
        "The credentials have expired. Renew them (aws sso login; in a lab, copy AWS Details, AWS CLI, into ~/.aws/credentials), then start this command again.",
      ]);
      expect(state.servers).to.have.length(2);
    } finally {
      await emulator.api.markKey(accountId, "valid");
    }
  });

  it("asks nothing after its end", async () => {
    await seen("a page", await openWatch(), () => true);
    await watch?.stop();
    const count = calls.length;
    await sleep(localPace.often + 500);
    expect(calls.slice(count)).to.deep.equal([]);
  });

  it("asks nothing without followers, and asks again for the next one", async () => {
    await seen("a page", await openWatch(), () => true);
    endFollowing();
    const lingering = calls.length;
    await eventually("questions for a browser that reloads", () =>
      Promise.resolve(calls.length > lingering ? true : undefined),
    );
    skippedMilliseconds = 60_000;
    // The reading that has begun may take any time.
    await eventually("silence", async () => {
      const count = calls.length;
      await sleep(2 * localPace.often);
      return calls.length === count ? true : undefined;
    });
    const silent = calls.length;
    watch?.follow(() => undefined);
    await eventually("questions", () => Promise.resolve(calls.length > silent ? true : undefined));
  });
});
