import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { InvalidSettingsError } from "../components/settings/problem";
import { readSettings, stackTags } from "../config";
import { settleInRegion } from "../settingsInPlace";
import { shippedStacks, stackConfig } from "./support/stackFile";

/** Settings of a fleet that target tracking sizes. */
const minimal = { "wordpress:fleet": { targetTracking: { cpuPercent: 80 } } };

function settingsOf(config: Readonly<Record<string, unknown>>, stack = "test", project = "wordpress") {
  configure(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
    stack,
    project,
  );
  return readSettings();
}

function configure(config: Record<string, string>, stack: string, project = "wordpress") {
  void pulumi.runtime.setMocks(
    {
      call: () => expect.fail("reading settings called a provider's function"),
      newResource: () => expect.fail("reading settings registered a resource"),
    },
    project,
    stack,
  );
  pulumi.runtime.setAllConfig(config);
}

function problemsOf(config: Readonly<Record<string, unknown>>, project?: string): string {
  try {
    settingsOf(config, "test", project);
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.message;
    throw error;
  }
  return expect.fail("expected the settings to be refused");
}

describe("the settings of a stack", () => {
  for (const stack of shippedStacks()) {
    it(`are valid in Pulumi.${stack}.yaml`, () => {
      configure(stackConfig(stack), stack);
      readSettings();
    });
  }

  it("name the target group as the course does in dev, and only there", () => {
    for (const stack of shippedStacks()) {
      configure(stackConfig(stack), stack);
      const expected = stack === "dev" ? "wordpress-servers" : undefined;
      expect(readSettings().fleet.targetGroupName, stack).to.equal(expected);
    }
  });

  for (const region of ["eu-central-1", "ap-northeast-2", "us-west-2", "us-east-1"]) {
    it(`have no default that ${region} refuses`, () => {
      for (const stack of shippedStacks()) {
        configure({ ...stackConfig(stack), "aws:region": region }, stack);
        readSettings();
      }
      settingsOf({ "aws:region": region });
    });
  }

  it("are the course's numbers in dev, except for the two with which Auto Scaling would replace servers again and again", () => {
    configure(stackConfig("dev"), "dev");
    expect(readSettings().fleet).to.deep.include({
      capacity: { min: 1, desired: 1, max: 2 },
      targetTracking: { cpuPercent: 80, scaleIn: true },
      healthCheckGraceSeconds: 180,
      instanceWarmupSeconds: 180,
      defaultCooldownSeconds: 10,
    });
  });

  it("enable standby, protection and backups in prod", () => {
    configure(stackConfig("prod"), "prod");
    const { database, fleet, network } = readSettings();
    expect(network.natGateways).to.equal("perAz");
    expect(database).to.deep.include({ multiAz: true, deletionProtection: true, finalSnapshot: true });
    expect(database.backupRetentionDays).to.be.at.least(7);
    expect(fleet).to.deep.include({ scaleInProtection: false, sizing: "automatic" });
    expect(fleet.capacity.min).to.be.at.least(2);
  });

  it("are the defaults where nothing is set", () => {
    const settings = settingsOf({});
    expect(settings.network.cidrBlock).to.equal("10.20.0.0/16");
    expect(settings.database.engineVersion).to.equal("11.8");
    expect(settings.fleet.capacity).to.deep.equal({ min: 1, desired: 1, max: 2 });
    expect(settings.launcher.timeZone).to.equal("UTC");
    expect(settings.tags).to.deep.equal({});
  });

  it("are refused in one error, each with its path, its value and what is allowed", () => {
    const message = problemsOf({
      ...minimal,
      "wordpress:network": { natGateways: "two", cidrBlock: "10.20.0.1/16" },
      "wordpress:launcher": { memoryMiB: 4096, timeoutSeconds: 0, timeZone: "Asia/Soul" },
    });
    expect(message).to.match(/^Pulumi\.test\.yaml: 5 settings are wrong; nothing was changed\./);
    expect(message).to.include('network.natGateways: "two" - allowed: one of none, single, perAz');
    expect(message).to.include('network.cidrBlock: "10.20.0.1/16" - allowed: a private IPv4 range');
    expect(message).to.include("launcher.memoryMiB: 4096 - allowed: a whole number of MiB from 128 to 3008");
    expect(message).to.include("launcher.timeoutSeconds: 0 - allowed:");
    expect(message).to.include('launcher.timeZone: "Asia/Soul" - allowed: an IANA time zone');
  });

  it("are refused when a setting or a group is misspelt", () => {
    expect(problemsOf({ ...minimal, "wordpress:database": { multiAZ: true } })).to.include(
      "database.multiAZ: true - allowed: no such setting",
    );
    expect(problemsOf({ ...minimal, "wordpress:netwrok": { natGateways: "none" } })).to.include(
      'netwrok: {"natGateways":"none"} - allowed: no such setting',
    );
  });

  it("are refused when a group is a text", () => {
    expect(problemsOf({ ...minimal, "wordpress:database": "large" })).to.include(
      'database: "large" - allowed: settings of the database',
    );
  });

  it("ignore other namespaces", () => {
    expect(settingsOf({ ...minimal, "other:size": { a: "b" } }).tags).to.deep.equal({});
  });

  it("are read in a project of any name", () => {
    expect(settingsOf({ "wordpress:fleet": { sizing: "manual" } }, "test", "my-site").fleet.sizing).to.equal(
      "manual",
    );
  });

  it("are refused in the project's namespace, with all other problems", () => {
    const config = {
      ...minimal,
      "my-site:fleet": { paused: true },
      "wordpres:network": {},
      "wordpress:fleet.paused": "true",
      "wordpress:database": { multiAZ: true },
    };
    const message = problemsOf(config, "my-site");
    expect(message).to.match(/^Pulumi\.test\.yaml: 4 settings are wrong; nothing was changed\./);
    for (const key of ["my-site:fleet", "wordpres:network", "wordpress:fleet.paused", "database.multiAZ"]) {
      expect(message).to.include(`\n  ${key}: `);
    }
  });

  const contradictions: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ["a desired size above the maximum", { capacity: { min: 1, desired: 3, max: 2 } }, "fleet.capacity"],
    ["fixed sizing with a range", { sizing: "fixed", targetTracking: undefined }, "fleet.capacity"],
    ["fixed sizing with target tracking", { sizing: "fixed" }, "fleet.sizing"],
    [
      "automatic sizing without schedules and target tracking",
      { sizing: "automatic", targetTracking: undefined },
      "fleet.sizing",
    ],
    [
      "bootstrapping servers in public subnets",
      { image: { source: "bootstrap" }, subnets: "public" },
      "fleet.subnets",
    ],
    [
      "a host name outside of its zone",
      { domain: { name: "blog.example.org", hostedZoneName: "example.com" } },
      "fleet.domain.name",
    ],
  ];
  for (const [what, fleet, path] of contradictions) {
    it(`are refused with ${what}`, () => {
      const message = problemsOf({
        ...minimal,
        "wordpress:fleet": { targetTracking: { cpuPercent: 80 }, ...fleet },
      });
      expect(message).to.include(`  ${path}: `);
    });
  }

  it("are refused when bootstrapping servers have no NAT gateway", () => {
    const message = problemsOf({
      "wordpress:network": { natGateways: "none" },
      "wordpress:fleet": { ...minimal["wordpress:fleet"], image: { source: "bootstrap" } },
    });
    expect(message).to.include('network.natGateways: "none" - allowed: single or perAz');
  });
});

describe("the settings of a stack in its project, stack and region", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${String(index)}`, "x"]));

  it("are refused with an Availability Zone of another region", () => {
    const zones = { availabilityZones: ["us-west-2a", "us-east-1b"] };
    expect(problemsOf({ ...minimal, "aws:region": "us-east-1", "wordpress:network": zones })).to.include(
      'network.availabilityZones.0: "us-west-2a" - allowed: an Availability Zone of us-east-1 (aws:region), e.g. us-east-1a',
    );
  });

  it("refuse a health check of the site in a region to which Route 53 does not report", () => {
    const config = (siteHealthCheck: boolean, region: string) => ({
      "aws:region": region,
      "wordpress:fleet": { siteHealthCheck },
    });
    expect(problemsOf(config(true, "us-west-2"))).to.include(
      "fleet.siteHealthCheck: true - allowed: false in us-west-2, because Route 53 reports its health checks only to us-east-1; or omitted",
    );
    expect(settingsOf(config(false, "us-west-2")).fleet.siteHealthCheck).to.equal(false);
    expect(settingsOf(config(true, "us-east-1")).fleet.siteHealthCheck).to.equal(true);
  });

  it("have a health check of the site by default where Route 53 reports to", () => {
    const settings = settingsOf({});
    for (const [region, expected] of [
      ["us-east-1", true],
      ["us-west-2", false],
      ["eu-central-1", false],
      ["ap-northeast-2", false],
      ["us-gov-west-1", false],
      ["cn-north-1", false],
    ] as const) {
      expect(settleInRegion(settings, region).fleet.siteHealthCheck, region).to.equal(expected);
    }
    for (const given of [true, false]) {
      const { fleet } = settleInRegion(
        settingsOf({ "wordpress:fleet": { siteHealthCheck: given } }),
        "us-east-1",
      );
      expect(fleet.siteHealthCheck).to.equal(given);
    }
  });

  it("are refused with more tags than the site's health check allows", () => {
    const config = (siteHealthCheck: boolean, count: number) => ({
      "wordpress:fleet": { ...minimal["wordpress:fleet"], siteHealthCheck },
      "wordpress:tags": many(count),
    });
    expect(problemsOf(config(true, 7))).to.include("at most 6 tags with fleet.siteHealthCheck (there are 7)");
    const byDefault = { "aws:region": "us-east-1", "wordpress:tags": many(7) };
    expect(problemsOf(byDefault)).to.include("at most 6 tags with fleet.siteHealthCheck (there are 7)");
    expect(Object.keys(settingsOf({ ...byDefault, "aws:region": "us-west-2" }).tags)).to.have.length(7);
    expect(Object.keys(settingsOf(config(true, 6)).tags)).to.have.length(6);
    expect(Object.keys(settingsOf(config(false, 40)).tags)).to.have.length(40);
  });

  it("are refused with more or longer tags than the launcher can give its servers", () => {
    const fleet = { ...minimal["wordpress:fleet"], siteHealthCheck: false };
    const serverTags = Object.fromEntries([...Array(8).keys()].map((index) => [`own${String(index)}`, "x"]));
    const config = { "wordpress:fleet": fleet, "wordpress:launcher": { serverTags } };
    expect(problemsOf({ ...config, "wordpress:tags": many(40) })).to.match(
      /launcher\.serverTags: .* - allowed: 7 tags fewer here or in the stack's tags/,
    );
    const long = Object.fromEntries(
      [...Array(20).keys()].map((index) => [`key${String(index)}`, "x".repeat(200)]),
    );
    expect(problemsOf({ ...config, "wordpress:tags": long })).to.match(
      /bytes shorter here or among the stack's tags/,
    );
  });

  it("are refused when the aws provider's default tags exceed a limit, or collide", () => {
    const withDefaults = (tags: object, own: object = {}) => ({
      ...minimal,
      "aws:region": "us-east-1",
      "aws:defaultTags": { tags },
      "wordpress:tags": own,
    });
    expect(
      Object.keys(settingsOf(withDefaults({ Team: "web", Project: "other" }, { Team: "db" })).tags),
    ).to.deep.equal(["Team"]);
    expect(problemsOf(withDefaults(many(4), { a: "b", c: "d", e: "f" }))).to.include(
      "at most 6 tags with fleet.siteHealthCheck (there are 7)",
    );
    expect(problemsOf(withDefaults({ team: "web" }, { Team: "db" }))).to.include(
      'aws:defaultTags.tags.team: "web" - allowed: a tag key that differs from Team in more than case',
    );
    expect(problemsOf(withDefaults({ project: "x" }))).to.include(
      "because the program sets Project and IAM ignores case",
    );
  });

  it("are refused with a tag that the program sets", () => {
    expect(problemsOf({ ...minimal, "wordpress:tags": { stack: "other" } })).to.include(
      'tags.stack: "other" - allowed: another tag key, because the program sets Stack and IAM ignores case',
    );
  });
});

describe("the tags of a stack", () => {
  it("name the project and the stack", () => {
    const settings = settingsOf({ ...minimal, "wordpress:tags": { Owner: "Jihun" } }, "mine");
    expect(stackTags(settings)).to.deep.equal({
      Owner: "Jihun",
      Project: "wordpress",
      Stack: "mine",
      ManagedBy: "pulumi",
    });
  });
});
