import { expect } from "chai";

import { noAnswers } from "../../../../localAws/live/page/model/answers";
import { differenceOf } from "../../../../localAws/live/page/model/change";
import { runningCost } from "../../../../localAws/live/page/model/cost";
import { changesBetween, type Observation } from "../../../../localAws/live/page/model/observed";
import { regionEntry } from "../../../../localAws/live/page/model/regionEntry";
import { crossingsOf, extended, periodSecondsOf } from "../../../../localAws/live/page/model/series";
import { groupOf, serversOf } from "../../../../localAws/live/page/model/servers";
import { pageOf } from "../../../../localAws/live/page/model/snapshot";
import { standingOf } from "../../../../localAws/live/page/model/standing";
import { timelineOf } from "../../../../localAws/live/page/model/timeline";
import {
  at,
  first,
  highAlarm,
  instance,
  groupName,
  launched,
  recorded,
  second,
  stateUpdate,
} from "./recorded";

const about = { stack: "dev", region: "us-east-1", where: "aws", siteUrl: null, pace: [] } as const;
const page = pageOf(recorded, { about, problems: [], seen: [], mail: null });

describe("the page's model", () => {
  it("joins group, instance, target and status checks of each server, by zone", () => {
    expect(page.servers.map(({ id, zone }) => `${zone} ${id}`)).to.deep.equal([
      `us-east-1a ${first}`,
      `us-east-1b ${second}`,
    ]);
    expect(page.servers[0]).to.deep.include({
      state: "running",
      lifecycle: "InService",
      protectedFromScaleIn: true,
      launchedAt: at(-600),
      checks: { instance: "ok", system: "ok" },
      target: { state: "healthy", reason: null, description: null },
    });
    expect(page.group).to.deep.include({ min: 1, desired: 2, max: 4, zones: ["us-east-1a", "us-east-1b"] });
  });

  it("keeps servers that left the group until they have ended, and lists other instances apart", () => {
    const leaving = instance("i-0e", "us-east-1b", "shutting-down", -60, {
      "aws:autoscaling:groupName": groupName,
    });
    const servers = serversOf({ ...recorded, instances: [...recorded.instances, leaving] });
    expect(servers.map(({ id, lifecycle }) => [id, lifecycle])).to.deep.include(["i-0e", "not in the group"]);
    expect(servers.map(({ id }) => id)).not.to.include("i-0ddddddddddddddd4");
    expect(page.others.map(({ id, name }) => [id, name])).to.deep.equal([[launched, "launched"]]);
  });

  it("names the condition of a server as a visitor would meet it", () => {
    const [healthy, starting] = page.servers;
    if (healthy === undefined || starting === undefined) throw new Error("two servers");
    const word = (change: object) => standingOf({ ...healthy, ...change }).word;
    expect(standingOf(healthy)).to.deep.equal({ word: "healthy", tone: "good", reason: null });
    expect(standingOf(starting).reason).to.equal(
      "Elb.InitialHealthChecking: Initial health checks in progress",
    );
    expect(word({ state: "pending" })).to.equal("booting");
    expect(word({ state: "stopped" })).to.equal("stopped");
    expect(word({ state: "shutting-down" })).to.equal("ending");
    expect(word({ lifecycle: "Terminating:Wait" })).to.equal("ending");
    expect(word({ health: "Unhealthy" })).to.equal("being replaced");
    expect(word({ target: null })).to.equal("running");
    const timeout = { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" };
    expect(standingOf({ ...healthy, target: timeout })).to.deep.equal({
      word: "unhealthy",
      tone: "bad",
      reason: "Target.Timeout: Request timed out",
    });
  });

  it("counts requests and errors per second, by the period of the data", () => {
    expect(page.traffic).to.deep.equal({
      periodSeconds: 60,
      requests: [
        [at(0), 10],
        [at(60), 20],
      ],
      targetErrors: [
        [at(0), 0],
        [at(60), 0.5],
      ],
      balancerErrors: [
        [at(0), 0],
        [at(60), 0],
      ],
    });
  });

  it("counts periods without a value as no requests, except the newest ones, which may still come", () => {
    const metrics = { ...recorded.metrics, readAt: at(400) };
    const { traffic } = pageOf({ ...recorded, metrics }, { about, problems: [], seen: [], mail: null });
    expect(traffic.requests.map(([time, value]) => [(time - at(0)) / 60_000, value])).to.deep.equal([
      [0, 10],
      [1, 20],
      [2, 0],
      [3, 0],
    ]);
  });

  it("lists alarms with their condition, and says which ones scale the group", () => {
    expect(page.alarms.map(({ label, state, scales }) => [label, state, scales])).to.deep.equal([
      ["target tracking: scale out", "ALARM", "out"],
      ["target tracking: scale in", "OK", "in"],
      ["wordpress-no-healthy-server", "OK", null],
    ]);
    expect(page.alarms[0]?.condition).to.equal("CPUUtilization > 80 for 3 x 60 s");
  });

  it("is empty and without a cost before AWS has answered", () => {
    const empty = pageOf(noAnswers, { about, problems: [], seen: [], mail: null });
    expect(empty).to.deep.include({ group: null, servers: [], cost: null, database: null, timeline: [] });
    expect(groupOf(noAnswers)).to.equal(null);
  });

  it("changes only the sections that differ", () => {
    expect(differenceOf(undefined, page)).to.equal(page);
    expect(differenceOf(page, structuredClone(page))).to.deep.equal({});
    expect(Object.keys(differenceOf(page, { ...page, servers: [], mail: [] }))).to.deep.equal([
      "servers",
      "mail",
    ]);
  });
});

describe("the timeline of the page", () => {
  const seen: Observation = {
    at: at(300),
    servers: page.servers,
    group: page.group,
    database: page.database,
  };
  const later = {
    ...seen,
    at: at(320),
    servers: page.servers.map((server) => ({
      ...server,
      target: { state: "healthy", reason: null, description: null },
    })),
  };
  const changes = changesBetween(seen, later);

  it("joins metric, alarm, activity, and health, each with the one before it as its cause", () => {
    const timeline = timelineOf(recorded, changes);
    const chain: string[] = [];
    let entry = timeline.find(({ serverId, kind }) => serverId === second && kind === "health");
    while (entry !== undefined) {
      chain.push(entry.text);
      const because = entry.because;
      entry = timeline.find(({ id }) => id === because);
    }
    expect(chain).to.deep.equal([
      `${second} is healthy in the target group`,
      `Launching a new EC2 instance: ${second} in us-east-1b: in progress`,
      "Alarm target tracking: scale out: ALARM",
      "Average CPU of the group is above the target of 80 %: 96 %",
    ]);
  });

  it("is in the order of time, newest first, and without the alarms of other stacks", () => {
    const timeline = timelineOf(recorded, changes);
    expect(timeline.map(({ at: time }) => time)).to.deep.equal(
      timeline.map(({ at: time }) => time).toSorted((one, other) => other - one),
    );
    expect(timeline.map(({ text }) => text).join("\n")).not.to.contain("another");
  });

  it("gives an activity's own words, its duration and its failure", () => {
    const [launch] = recorded.activities;
    if (launch === undefined) throw new Error("an activity");
    const StatusMessage = "We currently do not have sufficient t3.micro capacity.";
    const failed = { ...launch, ActivityId: "act-3", StatusCode: "Failed" as const, StatusMessage };
    const timeline = timelineOf({ ...recorded, activities: [...recorded.activities, failed] }, []);
    const texts = timeline.map(({ text }) => text);
    expect(texts).to.include(`Launching a new EC2 instance: ${first} in us-east-1a: done in 31 s`);
    expect(texts).to.include(
      `Launching a new EC2 instance: ${second} in us-east-1b: failed: ${StatusMessage}`,
    );
    expect(timeline.find(({ text }) => text.includes("done"))?.detail).to.contain("a user request created");
  });

  it("links a replacement to the unhealthy server, and an ended alarm to the fallen metric", () => {
    const groupCpu = [...recorded.metrics.groupCpu, [at(400), 20] as const];
    const activities = [
      {
        ActivityId: "act-4",
        AutoScalingGroupName: groupName,
        Description: `Terminating EC2 instance: ${first}`,
        Cause:
          "At 2026-11-30T09:10:00Z an instance was taken out of service in response to an ELB system health check failure.",
        StartTime: new Date(at(600)),
        StatusCode: "InProgress" as const,
      },
      {
        ActivityId: "act-5",
        AutoScalingGroupName: groupName,
        Description: "Launching a new EC2 instance: i-0f",
        Cause:
          "At 2026-11-30T09:10:02Z an instance was launched in response to an unhealthy instance needing to be replaced.",
        StartTime: new Date(at(602)),
        StatusCode: "InProgress" as const,
      },
    ];
    const unhealthy = { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" };
    const sick = {
      ...seen,
      at: at(590),
      servers: page.servers.map((server) =>
        server.id === first ? { ...server, target: unhealthy } : server,
      ),
    };
    const answers = {
      ...recorded,
      activities,
      history: [...recorded.history, stateUpdate(highAlarm, 420, "ALARM", "OK")],
      metrics: { ...recorded.metrics, groupCpu },
    };
    const timeline = timelineOf(answers, changesBetween(seen, sick));
    const causeOf = (text: string) => {
      const because = timeline.find((entry) => entry.text.startsWith(text))?.because;
      return timeline.find(({ id }) => id === because)?.text;
    };
    expect(causeOf(`Terminating EC2 instance: ${first}`)).to.equal(
      `${first} is unhealthy in the target group`,
    );
    expect(causeOf("Launching a new EC2 instance: i-0f")).to.contain(`Terminating EC2 instance: ${first}`);
    expect(causeOf("Alarm target tracking: scale out: OK")).to.contain("below 72 %: 20 %");
  });

  it("shows what AWS keeps no history of: boots, sizes and the database", () => {
    const before = { ...seen, servers: [] };
    const after = {
      ...seen,
      at: at(400),
      group: page.group && { ...page.group, min: 0, desired: 0 },
      database: page.database && { ...page.database, state: "stopping" },
      servers: page.servers.map((server) => ({ ...server, state: "pending" })),
    };
    expect(changesBetween(before, after).map(({ text }) => text)).to.deep.equal([
      `${first} is pending`,
      `${second} is pending`,
      "Group size: min 1 to 0, desired 2 to 0",
      "Database wordpress-db is stopping",
    ]);
    expect(changesBetween(seen, seen)).to.be.empty;
    // A live region reports boots itself.
    expect(changesBetween(before, after, true).map(({ kind }) => kind)).to.deep.equal(["size", "database"]);
  });
});

describe("an event of the live region", () => {
  const entry = (kind: string, id: string, text: string) => regionEntry({ number: 1, at: 2, kind, id, text });

  it("is an entry about its machine, target or database", () => {
    expect(entry("instance", "i-0a", "lost its power")).to.deep.include({
      kind: "boot",
      tone: "bad",
      text: "i-0a lost its power",
      serverId: "i-0a",
    });
    expect(entry("target", "i-0a", "healthy in wordpress-servers")).to.deep.include({
      kind: "health",
      tone: "good",
      text: "i-0a is healthy in wordpress-servers",
    });
    expect(entry("database", "wordpress-db", "reboots")).to.deep.include({
      kind: "database",
      tone: "warning",
      text: "Database wordpress-db: reboots",
      serverId: null,
    });
  });
});

describe("the page's series", () => {
  it("crosses the target upwards and the level for scaling in downwards, not between them", () => {
    const series = [20, 90, 75, 85, 60, 70, 79].map((value, index) => [at(index * 60), value] as const);
    expect(
      crossingsOf(series, 80, 72).map(({ at: time, side }) => [(time - at(0)) / 60_000, side]),
    ).to.deep.equal([
      [1, "above"],
      [4, "below"],
    ]);
  });

  it("replaces points that CloudWatch has completed since, and drops old ones", () => {
    const known = [
      [at(0), 1],
      [at(60), 2],
      [at(120), 3],
    ] as const;
    expect(extended(known, [[at(120), 4]], at(60))).to.deep.equal([
      [at(60), 2],
      [at(120), 4],
    ]);
    expect(extended(known, [], at(0))).to.deep.equal(known);
    expect(periodSecondsOf(known, [])).to.equal(60);
    expect(periodSecondsOf([[at(0), 1]])).to.equal(null);
  });
});

describe("the cost of what runs", () => {
  it("follows the number of servers, the database and what AWS answers about the network", () => {
    const cost = runningCost(recorded, false);
    const parts = new Map(cost?.parts.map(({ name, dollarsPerHour }) => [name, dollarsPerHour]));
    expect(parts.get("2 x t3.micro")).to.equal(2 * 0.0104);
    expect(parts.get("database db.t4g.micro")).to.equal(0.016);
    expect(parts.get("endpoint of Secrets Manager")).to.equal(0.01);
    expect(parts.get("1 other x t3.micro")).to.be.closeTo(0.0104 + (8 * 0.08 + 7 * 0.3) / 730, 1e-9);
    const stopped = {
      ...recorded,
      database: { ...recorded.database, DBInstanceStatus: "stopped" },
      instances: [],
    };
    const less = runningCost(stopped, false);
    expect(less?.parts.map(({ name }) => name)).not.to.include("database db.t4g.micro");
    expect(less?.dollarsPerHour).to.be.lessThan(cost?.dollarsPerHour ?? 0);
  });

  it("counts NAT gateways, and disks by AWS's answer", () => {
    const natGateways = [{ State: "available" as const }, { State: "deleted" as const }];
    const volumes = [{ VolumeId: `vol-${second.slice(2)}`, Size: 108 }];
    const price = (answers: object) => runningCost({ ...recorded, ...answers }, false)?.dollarsPerHour ?? 0;
    expect(price({ natGateways }) - price({})).to.be.greaterThan(0.03);
    // Two servers have the disk of the first one.
    expect(price({ volumes }) - price({})).to.be.closeTo((2 * 100 * 0.08) / 730, 1e-9);
  });
});
