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

const refusals = (schema: z.ZodType, value: unknown) =>
  problemsIn(schema, value).map(({ path, allowed }) => `${path}: ${allowed}`);

const night = { name: "night", recurrence: "0 20 * * *", min: 1, desired: 1, max: 2 };
const nextYear = new Date().getUTCFullYear() + 1;
const order = "min <= desired <= max";
const single = "1, because uploads are local and a second server would not have them; or uploads shared";

/** The text beside a wrong setting. The tests of the settings prove that each wrong one is refused. */
describe("the error for a wrong setting", () => {
  for (const [what, schema, value, messages] of [
    [
      "storage that can grow by less than a tenth",
      databaseSettings,
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 54 },
      ["maxAllocatedStorageGiB: 55 GiB or more (a tenth above allocatedStorageGiB), or omitted"],
    ],
    [
      "storage that grows by a tenth",
      databaseSettings,
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 55 },
      [],
    ],
    ["storage that grows by more than a tenth", databaseSettings, { maxAllocatedStorageGiB: 500 }, []],
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
      "a schedule that never runs",
      launcherSettings,
      { schedule: "rate(0 minutes)" },
      [
        "schedule: rate: a whole number of 1 or more, one space, and minutes, hours or days (minute, hour or day after 1) (0 minutes is not)",
      ],
    ],
    [
      "fewer running servers than a launch starts",
      launcherSettings,
      { serverCount: 4, maxRunningServers: 3 },
      [
        "maxRunningServers: 4 servers (serverCount) or more, because a launch that exceeds maxRunningServers starts no server",
      ],
    ],
    [
      "as many running servers as a launch starts",
      launcherSettings,
      { serverCount: 4, maxRunningServers: 4 },
      [],
    ],
    ["tags of the user", launcherSettings, { serverTags: { Team: "web", "my:launcher:": "me" } }, []],
    [
      "bootstrapping servers in public subnets",
      fleetSettings,
      { sizing: "manual", image: { source: "bootstrap" }, subnets: "public" },
      ["subnets: private, because image bootstrap needs a route to the internet; or image bake or existing"],
    ],
    [
      "a minimum above the desired capacity",
      fleetSettings,
      { sizing: "manual", capacity: { min: 2, desired: 1, max: 2 } },
      [`capacity: ${order}`],
    ],
    [
      "schedules with a wrong order of sizes and the same name",
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
      "two schedules at the same time",
      fleetSettings,
      {
        schedules: [
          { ...night, recurrence: "0 0 1 1 *" },
          { ...night, name: "year", recurrence: "0 9 1 JAN *", timeZone: "Asia/Seoul" },
        ],
      },
      [
        `schedules.1.recurrence: a time other than that of night (both are at ${nextYear}-01-01T00:00:00.000Z): Auto Scaling refuses two scheduled actions at the same time`,
      ],
    ],
    [
      "a repeated e-mail address",
      fleetSettings,
      { sizing: "manual", notificationEmails: ["kim@example.com", "Kim@example.com"] },
      ["notificationEmails: a list of different e-mail addresses"],
    ],
    [
      "automatic sizing without schedules and target tracking",
      fleetSettings,
      { sizing: "automatic" },
      ["sizing: fixed or manual, or automatic together with schedules or targetTracking"],
    ],
    [
      "manual sizing with target tracking",
      fleetSettings,
      { sizing: "manual", targetTracking: { cpuPercent: 80 } },
      ["sizing: automatic, because schedules or targetTracking are set; or remove those"],
    ],
    [
      "fixed sizing with a range",
      fleetSettings,
      { sizing: "fixed", capacity: { min: 1, desired: 2, max: 2 } },
      ["capacity: min = desired = max, because sizing is fixed"],
    ],
    [
      "fixed sizing with one number",
      fleetSettings,
      { sizing: "fixed", capacity: { min: 2, desired: 2, max: 2 } },
      [],
    ],
    [
      "local uploads with several servers and backups",
      fleetSettings,
      { sizing: "automatic", schedules: [night], uploads: "local", uploadsBackups: true },
      [
        `capacity.max: ${single}`,
        `schedules.0.max: ${single}`,
        "uploadsBackups: false, because uploads are local; or uploads shared",
      ],
    ],
    [
      "local uploads with one server",
      fleetSettings,
      { sizing: "manual", uploads: "local", capacity: { min: 1, desired: 1, max: 1 } },
      [],
    ],
    [
      "a host name outside of its zone",
      fleetSettings,
      { sizing: "manual", domain: { name: "blog.example.org", hostedZoneName: "example.com" } },
      ["domain.name: example.com or a name that ends in .example.com"],
    ],
    [
      "a host name that only ends like its zone",
      fleetSettings,
      { sizing: "manual", domain: { name: "myexample.com", hostedZoneName: "example.com" } },
      ["domain.name: example.com or a name that ends in .example.com"],
    ],
  ] as const) {
    it(`states what is allowed instead of ${what}`, () => {
      expect(refusals(schema, value)).to.have.members(messages);
    });
  }

  it("states what is allowed for a wrong type and for a wrong value", () => {
    const zone = "an IANA time zone in its own upper and lower case, e.g. Asia/Seoul, Europe/Berlin or UTC";
    for (const wrong of [9, "Seoul", "+09:00", "5UTC", ":UTC"]) {
      expect(refusals(timeZone(), wrong), String(wrong)).to.deep.equal([`: ${zone}`]);
    }
    for (const wrong of [1, "b"]) expect(refusals(text(/^a$/, "an a"), wrong)).to.deep.equal([": an a"]);
    expect(refusals(roleArn(), "x")).to.deep.equal([
      ": the ARN of an IAM role, e.g. arn:aws:iam::123456789012:role/LabRole",
    ]);
  });
});

describe("wrong settings", () => {
  const problem = { path: "size", value: undefined, allowed: "a number" };

  it("are counted in the error", () => {
    const one = new InvalidSettingsError("stack", [problem]);
    expect(one.message).to.equal(
      "stack: 1 setting is wrong; nothing was changed.\n  size: missing - allowed: a number",
    );
    expect(one.name).to.equal("InvalidSettingsError");
    expect(new InvalidSettingsError("stack", [problem, problem]).message).to.match(
      /^stack: 2 settings are wrong/,
    );
  });

  it("include a component's name and a missing object, but no undefined argument", () => {
    const messageOf = (name: string, args: object) => {
      try {
        parseArgs("Database", name, databaseSettings, args);
      } catch (error) {
        if (error instanceof InvalidSettingsError) return error.message;
        throw error;
      }
      throw new Error("nothing was refused");
    };
    expect(messageOf("Site", {})).to.contain(
      'name: "Site" - allowed: 1 to 20 lower-case letters, digits or -, a letter first',
    );
    expect(() => parseArgs("Database", "site", databaseSettings, { multiAz: undefined })).not.to.throw();
    expect(problemsIn(networkSettings, null)[0]?.value).to.equal(null);
  });
});

describe("a resource's tags", () => {
  it("are the stack's tags and its own Name", () => {
    expect(named("site-alb", { Project: "wordpress", Name: "other" })).to.deep.equal({
      Project: "wordpress",
      Name: "site-alb",
    });
  });
});
