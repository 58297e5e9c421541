import { expect } from "chai";
import * as fc from "fast-check";
import { z } from "zod";

import { dashboardBody, type DashboardSubjects } from "../../../components/monitoring/dashboardBody";
import program from "../../../index";
import { metricsNamespace } from "../../../lambda/report";
import { runUnderMocks } from "../../support/mocks";
import { shippedRun } from "../../support/shippedRun";
import { shippedStacks } from "../../support/stackFile";
import { dashboardRules } from "./awsDashboardRules";

const subjects: DashboardSubjects = {
  region: "us-east-1",
  siteUrl: "https://blog.example.com",
  loadBalancer: "app/site/0123456789abcdef",
  targetGroup: "targetgroup/site/0123456789abcdef",
  autoScalingGroup: "site-1234567",
  cpuTarget: 60,
  database: "site-database",
  fileSystem: "fs-0123456789abcdef0",
  launcher: { functionName: "site-launcher", owner: "project/dev/site", failuresQueue: "site-failures" },
  alarmArns: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:site-no-healthy-server"],
};

const dashboard = "aws:cloudwatch/dashboard:Dashboard";
const texts = (value: unknown) => JSON.stringify(value);

describe("the dashboard's body", () => {
  it("keeps CloudWatch's rules for a dashboard", () => {
    for (const each of [subjects, { ...subjects, cpuTarget: undefined, fileSystem: undefined }]) {
      expect(dashboardRules.safeParse(JSON.parse(texts(dashboardBody(each)))).error?.issues ?? []).to.be
        .empty;
    }
  });

  it("keeps them for any names", () => {
    const name = fc.string({ minLength: 1, maxLength: 255 });
    const any = fc.record({
      loadBalancer: name,
      targetGroup: name,
      autoScalingGroup: name,
      database: name,
      cpuTarget: fc.option(fc.integer({ min: 10, max: 100 }), { nil: undefined }),
      fileSystem: fc.option(name, { nil: undefined }),
    });
    fc.assert(
      fc.property(any, (names) => dashboardRules.safeParse(dashboardBody({ ...subjects, ...names })).success),
    );
  });

  it("shows the target of target tracking as a line, and none without it", () => {
    expect(texts(dashboardBody(subjects))).to.include(
      '"annotations":{"horizontal":[{"label":"target","value":60}]}',
    );
    expect(texts(dashboardBody({ ...subjects, cpuTarget: undefined }))).not.to.include("annotations");
  });

  it("leaves out the uploads when each server has its own", () => {
    expect(texts(dashboardBody(subjects))).to.include("AWS/EFS");
    expect(texts(dashboardBody({ ...subjects, fileSystem: undefined }))).not.to.include("AWS/EFS");
  });

  it("has the launcher's own metrics where the function reports them", () => {
    expect(texts(dashboardBody(subjects))).to.include(
      `["${metricsNamespace}","Failed","Launcher","project/dev/site"`,
    );
  });
});

describe("the dashboard of a stack", () => {
  for (const stack of shippedStacks()) {
    it(`shows every alarm of ${stack}, and keeps CloudWatch's rules`, async () => {
      const { resources } = await shippedRun(stack);
      const [only, ...more] = resources.filter(({ type }) => type === dashboard);
      expect(more).to.be.empty;
      const { dashboardBody: body } = z.object({ dashboardBody: z.string() }).parse(only?.inputs);
      const { widgets } = dashboardRules.parse(JSON.parse(body));
      const shown = widgets.flatMap((each) => (each.type === "alarm" ? each.properties.alarms : []));
      const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
      expect(shown).to.have.lengthOf(alarms.length);
      for (const { name } of alarms) expect(shown.join(" "), name).to.include(`alarm:${name}`);
    });
  }

  it("does not exist when the setting is off", async () => {
    const { resources, outputs } = await runUnderMocks(program, {
      config: { "wordpress:monitoring": JSON.stringify({ dashboard: false }), "aws:region": "us-east-1" },
    });
    expect(resources.map(({ type }) => type)).not.to.include(dashboard);
    expect(outputs).to.have.property("dashboardName", undefined);
  });
});
