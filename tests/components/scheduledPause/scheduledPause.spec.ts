import { expect } from "chai";

import { ScheduledPause } from "../../../components/scheduledPause/scheduledPause";
import program from "../../../index";
import { packsOf } from "../../../policies/packs";
import { anyFixture } from "../../policies/support/fixture";
import { judge } from "../../policies/support/judge";
import { runUnderMocks } from "../../support/mocks";
import { stackConfig } from "../../support/stackFile";

const endsAt = "2040-12-20T18:00:00+09:00";

/** A shipped stack with an end; for other settings, by group. */
const runOf = (stack: string, more: Readonly<Record<string, object>> = {}) => {
  const config = { ...stackConfig(stack), "wordpress:lifetime": JSON.stringify({ endsAt }) };
  for (const [group, settings] of Object.entries(more)) {
    const key = `wordpress:${group}`;
    const given: unknown = JSON.parse(stackConfig(stack)[key] ?? "{}");
    Object.assign(config, { [key]: JSON.stringify(Object.assign({}, given, settings)) });
  }
  return runUnderMocks(program, { config, stack });
};

describe("a stack with an end", () => {
  it("sets the group's size to 0 once, and stops the database each day from then on", async () => {
    const { resources } = await runOf("dev");
    const inputsOf = (name: string) => resources.find((resource) => resource.name === name)?.inputs ?? {};
    const group = resources.find(({ type }) => type === "aws:autoscaling/group:Group");
    const database = resources.find(({ type }) => type === "aws:rds/instance:Instance");
    const servers = inputsOf("wordpress-pause-servers");
    expect(servers).to.deep.include({
      scheduleExpression: "at(2040-12-20T09:00:00)",
      scheduleExpressionTimezone: "UTC",
    });
    expect(servers["target"]).to.deep.include({
      arn: "arn:aws:scheduler:::aws-sdk:autoscaling:updateAutoScalingGroup",
      input: JSON.stringify({
        AutoScalingGroupName: group?.name,
        MinSize: 0,
        MaxSize: 0,
        DesiredCapacity: 0,
      }),
    });
    const stop = inputsOf("wordpress-pause-database");
    expect(stop).to.deep.include({ scheduleExpression: "rate(1 day)", startDate: "2040-12-20T09:00:00Z" });
    expect(stop["target"]).to.deep.include({
      arn: "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance",
      input: JSON.stringify({ DbInstanceIdentifier: database?.name }),
    });
  });

  it("has a role that may do only that", async () => {
    const { resources } = await runOf("dev");
    const policy = resources.find(
      ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === "wordpress-pause-scheduler",
    );
    const document: unknown = JSON.parse(String(policy?.inputs["policy"]));
    const database = resources.find(({ type }) => type === "aws:rds/instance:Instance");
    const group = resources.find(({ type }) => type === "aws:autoscaling/group:Group");
    const place = "us-east-1:123456789012";
    expect(document).to.deep.include({
      Statement: [
        {
          Effect: "Allow",
          Sid: "EndServers",
          Action: "autoscaling:UpdateAutoScalingGroup",
          Resource: `arn:aws:autoscaling:${place}:autoScalingGroup:*:autoScalingGroupName/${group?.name ?? ""}`,
        },
        {
          Effect: "Allow",
          Sid: "StopDatabase",
          Action: "rds:StopDBInstance",
          Resource: `arn:aws:rds:${place}:db:${database?.name ?? ""}`,
        },
      ],
    });
  });

  it("uses the lab's role in a lab, and creates nothing in IAM", async () => {
    const { resources } = await runOf("lab");
    expect(
      resources.filter(({ type }) => type.startsWith("aws:iam/role")).map(({ name }) => name),
    ).to.deep.equal([]);
    const pauses = resources.filter(({ name }) => /^wordpress-pause-(servers|database)$/.test(name));
    for (const { inputs } of pauses) {
      expect(inputs["target"]).to.deep.include({ roleArn: "arn:aws:iam::123456789012:role/LabRole" });
    }
    expect(pauses).to.have.length(2);
  });

  it("launches and scales nothing by schedule after it", async () => {
    const evening = {
      name: "evening",
      recurrence: "0 20 * * *",
      timeZone: "Asia/Seoul",
      min: 1,
      desired: 1,
      max: 3,
    };
    const { resources } = await runOf("dev", { fleet: { schedules: [evening] } });
    const byType = (type: string) => resources.filter((resource) => resource.type === type);
    expect(byType("aws:autoscaling/schedule:Schedule").map(({ inputs }) => inputs["endTime"])).to.deep.equal([
      "2040-12-20T09:00:00Z",
    ]);
    const launch = resources.find(({ name }) => name === "wordpress-launcher-launch");
    expect(launch?.inputs["endDate"]).to.equal("2040-12-20T09:00:00Z");
    // Servers that were launched before still end.
    const sweep = resources.find(({ name }) => name === "wordpress-launcher-sweep");
    expect(sweep?.inputs["endDate"]).to.equal(undefined);
  });

  for (const [schedule, state] of [
    ["at(2040-12-20T17:59:00)", "ENABLED"],
    ["at(2040-12-20T18:01:00)", "DISABLED"],
  ] as const) {
    it(`leaves a launch ${schedule} ${state}`, async () => {
      const { resources } = await runOf("dev", { launcher: { schedule, timeZone: "Asia/Seoul" } });
      const launch = resources.find(({ name }) => name === "wordpress-launcher-launch");
      expect(launch?.inputs["state"]).to.equal(state);
      expect(launch?.inputs["endDate"]).to.equal(undefined);
    });
  }

  for (const stack of ["dev", "lab"]) {
    it(`passes the policies of ${stack}`, async () => {
      const { resources } = await runOf(stack);
      const pauses = resources.filter(({ name }) => name.startsWith("wordpress-pause"));
      const violations: string[] = [];
      for (const { type, name, inputs } of pauses) {
        for (const rule of packsOf(stack).flatMap(({ pack }) => pack.rules)) {
          if (rule.validateResource === undefined || rule.name === "pulumi-protect") continue;
          const fixture = { ...anyFixture(type, name, inputs), provider: { props: { region: "us-east-1" } } };
          const verdict = await judge(rule, fixture);
          violations.push(...verdict.violations.map((message) => `${rule.name}: ${message}`));
        }
      }
      expect(pauses.length).to.be.at.least(3);
      expect(violations).to.deep.equal([]);
    });
  }

  it("is refused with protected servers, and with a time that does not exist", async () => {
    for (const [lifetime, fleet, reason] of [
      [{ endsAt }, { scaleInProtection: true }, /lifetime\.endsAt: .* omitted with fleet\.scaleInProtection/],
      [{ endsAt: "2040-02-30T09:00:00Z" }, {}, /lifetime\.endsAt: "2040-02-30T09:00:00Z" - allowed: a time/],
      [{ endsAt: "2040-12-20T18:00:00" }, {}, /lifetime\.endsAt: .* its offset from UTC/],
    ] as const) {
      const failure: unknown = await runOf("dev", { lifetime, fleet }).catch((error: unknown) => error);
      expect(String(failure)).to.match(reason);
    }
  });

  it("refuses a wrong time before it registers anything", () => {
    const make = () =>
      new ScheduledPause("site", { endsAt: "tomorrow", autoScalingGroupName: "g", databaseIdentifier: "d" });
    expect(make).to.throw('ScheduledPause "site"');
  });
});
