import { expect } from "chai";
import type { z } from "zod";

import { databaseSettings } from "../../../components/database/settings";
import { networkSettings } from "../../../components/network/settings";
import { launcherSettings } from "../../../components/scheduledLauncher/settings";
import { roleArn, text, timeZone } from "../../../components/settings/kinds";
import { named } from "../../../components/settings/named";
import { parseArgs, problemsIn } from "../../../components/settings/parse";
import { InvalidSettingsError } from "../../../components/settings/problem";
import { fleetSettings } from "../../../components/wordpressFleet/settings";

const said = (schema: z.ZodType, value: unknown) =>
  problemsIn(schema, value).map(({ path, allowed }) => `${path}: ${allowed}`);

const night = { name: "night", recurrence: "0 20 * * *", min: 1, desired: 1, max: 2 };
const nextYear = new Date().getUTCFullYear() + 1;
const order = "min <= desired <= max";
const single = "1, as uploads are local and a second server would not have them; or uploads shared";

/** What a person reads beside a wrong setting; that it is found at all is tested where the settings are. */
describe("what is allowed in the place of a wrong setting", () => {
  for (const [what, schema, value, messages] of [
    [
      "storage that could hardly grow",
      databaseSettings,
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 54 },
      ["maxAllocatedStorageGiB: 55 GiB or more (a tenth above allocatedStorageGiB), or left out"],
    ],
    [
      "storage that grows by a tenth",
      databaseSettings,
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 55 },
      [],
    ],
    ["storage that grows a lot", databaseSettings, { maxAllocatedStorageGiB: 500 }, []],
    [
      "one zone twice",
      networkSettings,
      { availabilityZones: ["us-east-1a", "us-east-1a"] },
      [
        "availabilityZones: 2 different Availability Zones of the stack's region, in lower case and no Local Zones, e.g. [us-east-1a, us-east-1b]",
      ],
    ],
    ["two zones", networkSettings, { availabilityZones: ["us-east-1a", "us-east-1b"] }, []],
    [
      "a schedule that never comes",
      launcherSettings,
      { schedule: "rate(0 minutes)" },
      [
        "schedule: rate: a whole number from 1 on, one space, and minutes, hours or days (minute, hour or day after 1) (0 minutes is not)",
      ],
    ],
    [
      "a cap below one launch",
      launcherSettings,
      { serverCount: 4, maxRunningServers: 3 },
      ["maxRunningServers: 4 servers (serverCount) or more, or no launch would ever fit under it"],
    ],
    ["a cap of one launch", launcherSettings, { serverCount: 4, maxRunningServers: 4 }, []],
    ["tags of one's own", launcherSettings, { serverTags: { Team: "web", "my:launcher:": "me" } }, []],
    [
      "servers without a way out",
      fleetSettings,
      { sizing: "manual", image: { source: "bootstrap" }, subnets: "public" },
      ["subnets: private, as image bootstrap needs a way out; or image bake or existing"],
    ],
    [
      "capacity out of order",
      fleetSettings,
      { sizing: "manual", capacity: { min: 2, desired: 1, max: 2 } },
      [`capacity: ${order}`],
    ],
    [
      "schedules out of order, and of one name",
      fleetSettings,
      {
        schedules: [
          { ...night, min: 2 },
          { ...night, recurrence: "0 21 * * *" },
        ],
      },
      [`schedules.0: ${order}`, "schedules.1.name: a name that no other schedule has"],
    ],
    [
      "two schedules at one time",
      fleetSettings,
      {
        schedules: [
          { ...night, recurrence: "0 0 1 1 *" },
          { ...night, name: "year", recurrence: "0 9 1 JAN *", timeZone: "Asia/Seoul" },
        ],
      },
      [
        `schedules.1.recurrence: a time at which night does not happen (both do on ${nextYear}-01-01T00:00:00.000Z): Auto Scaling takes one scheduled action at a time`,
      ],
    ],
    [
      "an address twice",
      fleetSettings,
      { sizing: "manual", notificationEmails: ["kim@example.com", "Kim@example.com"] },
      ["notificationEmails: different e-mail addresses"],
    ],
    [
      "nothing that decides",
      fleetSettings,
      { sizing: "automatic" },
      ["sizing: fixed or manual, or automatic together with schedules or targetTracking"],
    ],
    [
      "two that decide",
      fleetSettings,
      { sizing: "manual", targetTracking: { cpuPercent: 80 } },
      ["sizing: automatic, as schedules or targetTracking are given; or remove those"],
    ],
    [
      "a fixed number that is none",
      fleetSettings,
      { sizing: "fixed", capacity: { min: 1, desired: 2, max: 2 } },
      ["capacity: min = desired = max, as sizing is fixed"],
    ],
    ["a fixed number", fleetSettings, { sizing: "fixed", capacity: { min: 2, desired: 2, max: 2 } }, []],
    [
      "local uploads beside more servers and backups",
      fleetSettings,
      { sizing: "automatic", schedules: [night], uploads: "local", uploadsBackups: true },
      [
        `capacity.max: ${single}`,
        `schedules.0.max: ${single}`,
        "uploadsBackups: false, as uploads are local; or uploads shared",
      ],
    ],
    [
      "local uploads on one server",
      fleetSettings,
      { sizing: "manual", uploads: "local", capacity: { min: 1, desired: 1, max: 1 } },
      [],
    ],
    [
      "a name outside of its zone",
      fleetSettings,
      { sizing: "manual", domain: { name: "blog.example.org", hostedZoneName: "example.com" } },
      ["domain.name: example.com or a name that ends in .example.com"],
    ],
    [
      "a name that only looks like its zone's",
      fleetSettings,
      { sizing: "manual", domain: { name: "myexample.com", hostedZoneName: "example.com" } },
      ["domain.name: example.com or a name that ends in .example.com"],
    ],
  ] as const) {
    it(`is said of ${what}`, () => {
      expect(said(schema, value)).to.have.members(messages);
    });
  }

  it("is said for every kind of value, of whatever sort the wrong one is", () => {
    const zone = "an IANA time zone in its own upper and lower case, e.g. Asia/Seoul, Europe/Berlin or UTC";
    for (const wrong of [9, "Seoul", "+09:00", "5UTC", ":UTC"]) {
      expect(said(timeZone(), wrong), String(wrong)).to.deep.equal([`: ${zone}`]);
    }
    for (const wrong of [1, "b"]) expect(said(text(/^a$/, "an a"), wrong)).to.deep.equal([": an a"]);
    expect(said(roleArn(), "x")).to.deep.equal([
      ": the ARN of an IAM role, e.g. arn:aws:iam::123456789012:role/LabRole",
    ]);
  });
});

describe("wrong settings", () => {
  const problem = { path: "size", value: undefined, allowed: "a number" };

  it("are counted in words", () => {
    const one = new InvalidSettingsError("stack", [problem]);
    expect(one.message).to.equal(
      "stack: 1 setting is wrong; nothing was changed.\n  size: missing - allowed: a number",
    );
    expect(one.name).to.equal("InvalidSettingsError");
    expect(new InvalidSettingsError("stack", [problem, problem]).message).to.match(
      /^stack: 2 settings are wrong/,
    );
  });

  it("may be a component's name, or something that is not there at all", () => {
    const told = (name: string, args: object) => {
      try {
        parseArgs("Database", name, databaseSettings, args);
      } catch (error) {
        if (error instanceof InvalidSettingsError) return error.message;
        throw error;
      }
      throw new Error("nothing was refused");
    };
    expect(told("Site", {})).to.contain(
      'name: "Site" - allowed: 1 to 20 lower-case letters, digits or -, a letter first',
    );
    expect(() => parseArgs("Database", "site", databaseSettings, { multiAz: undefined })).not.to.throw();
    expect(problemsIn(networkSettings, null)[0]?.value).to.equal(null);
  });
});

describe("a resource's tags", () => {
  it("are the stack's, and its own name", () => {
    expect(named("site-alb", { Project: "wordpress", Name: "other" })).to.deep.equal({
      Project: "wordpress",
      Name: "site-alb",
    });
  });
});
