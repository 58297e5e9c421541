import { expect } from "chai";

import {
  judgeSchedules,
  scheduleTypes,
  type ScheduleView,
} from "../../../../policies/support/views/schedules";
import { anyFixture } from "../fixture";
import { propsAt } from "../propsAt";

function schedulesIn(type: string, props: object): readonly ScheduleView[] {
  const seen: ScheduleView[] = [];
  const findings = judgeSchedules(anyFixture(type, "one", props), (schedule) => {
    seen.push(schedule);
    return [];
  });
  expect([...findings]).to.deep.equal([]);
  return seen;
}

describe("the schedules of a resource", () => {
  for (const [type, { dialect, expression, zone, start, end }] of Object.entries(scheduleTypes)) {
    const scheduled = (value: unknown) => propsAt(expression, value);
    const at = expression.replaceAll("[]", "[0]");

    it(`are found in ${type} with their zone and their ends`, () => {
      const given = [zone, start, end].filter((name) => name !== undefined);
      const others = Object.fromEntries(given.map((name) => [name, `the ${name}`]));
      const propertyOf = (name: string | undefined) =>
        name === undefined ? undefined : { at: name, value: `the ${name}` };
      expect(schedulesIn(type, { ...scheduled("rate(5 minutes)"), ...others })).to.deep.equal([
        {
          ...{ at, expression: "rate(5 minutes)", dialect },
          ...{ zone: propertyOf(zone), start: propertyOf(start), end: propertyOf(end) },
        },
      ]);
    });

    it(`have no zone and no ends in ${type} that are not set`, () => {
      const given = [zone, start, end].filter((name) => name !== undefined);
      const [view] = schedulesIn(type, {
        ...scheduled("rate(5 minutes)"),
        ...Object.fromEntries(given.map((name, index) => [name, index === 0 ? "" : 7])),
      });
      expect([view?.zone, view?.start, view?.end]).to.deep.equal([undefined, undefined, undefined]);
    });

    it(`are none in ${type} without an expression`, () => {
      for (const value of ["", 7, undefined]) expect(schedulesIn(type, scheduled(value))).to.deep.equal([]);
    });
  }

  it("have no seconds in Systems Manager, and keep six fields", () => {
    const expressionOf = (type: string, property: string, value: string) =>
      schedulesIn(type, { [property]: value }).map(({ expression }) => expression);
    const association = (value: string) =>
      expressionOf("aws:ssm/association:Association", "scheduleExpression", value);
    expect(association("cron(30 0 2 ? * SUN *)")).to.deep.equal(["cron(0 2 ? * SUN *)"]);
    expect(association("cron(0 2 ? * SUN *)")).to.deep.equal(["cron(0 2 ? * SUN *)"]);
    expect(association("cron( 30  0 2 ? *  SUN * )")).to.deep.equal(["cron(0 2 ? *  SUN * )"]);
    expect(
      expressionOf("aws:scheduler/schedule:Schedule", "scheduleExpression", "cron(30 0 2 ? * SUN *)"),
    ).to.deep.equal(["cron(30 0 2 ? * SUN *)"]);
  });

  it("are none of another type", () => {
    expect(schedulesIn("aws:s3/bucket:Bucket", { schedule: "rate(1 day)", "": "rate(1 day)" })).to.deep.equal(
      [],
    );
  });
});
