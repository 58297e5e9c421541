import { expect } from "chai";

import { problemsIn } from "../../../components/settings/parse";
import { fleetSettings } from "../../../components/wordpressFleet/settings";

const right = { sizing: "manual" };
const refused = (settings: object) =>
  problemsIn(fleetSettings, { ...right, ...settings }).map(({ path }) => path);

const night = { name: "night", recurrence: "0 20 * * *", min: 1, desired: 1, max: 2 };

describe("the fleet's settings", () => {
  it("are complete when all are omitted", () => {
    expect(fleetSettings.parse({})).to.deep.equal({
      image: { source: "bake" },
      instanceType: "t3.micro",
      rootVolumeGiB: 8,
      subnets: "private",
      capacity: { min: 1, desired: 1, max: 2 },
      schedules: [],
      paused: false,
      scaleInProtection: false,
      defaultCooldownSeconds: 300,
      deregistrationDelaySeconds: 30,
      notificationEmails: [],
      uploads: "shared",
      uploadsBackups: false,
      siteTitle: "WordPress",
      mail: { method: "none" },
      loadBalancerDeletionProtection: false,
      dataDeletionProtection: false,
    });
  });

  it("give a schedule UTC by default, and allow target tracking to scale in", () => {
    const settings = fleetSettings.parse({ schedules: [night], targetTracking: { cpuPercent: 50 } });
    expect(settings.schedules[0]?.timeZone).to.equal("UTC");
    expect(settings.targetTracking?.scaleIn).to.equal(true);
  });

  const manual = { sizing: "manual" } as const;
  const bootstrap = { ...manual, image: { source: "bootstrap" } } as const;
  const right180 = { healthCheckGraceSeconds: 180, instanceWarmupSeconds: 180 };
  const right900 = { healthCheckGraceSeconds: 900, instanceWarmupSeconds: 900 };

  it("accept the shortest grace period and warm-up in which a server boots, by its image", () => {
    expect(refused({ ...manual, ...right180 })).to.deep.equal([]);
    expect(refused({ ...bootstrap, ...right900 })).to.deep.equal([]);
    expect(refused({ ...bootstrap })).to.deep.equal([]);
  });

  it("state why a shorter grace period is refused", () => {
    const [problem] = problemsIn(fleetSettings, { ...bootstrap, healthCheckGraceSeconds: 899 });
    expect(problem?.allowed).to.equal(
      "900 seconds or more with image bootstrap; a server needs that long to boot, and with a shorter time Auto Scaling replaces it again and again",
    );
  });

  const wrong: readonly (readonly [string, object, readonly string[]])[] = [
    ["a minimum above the desired number", { capacity: { min: 2, desired: 1, max: 2 } }, ["capacity"]],
    ["a desired number above the maximum", { capacity: { min: 1, desired: 3, max: 2 } }, ["capacity"]],
    [
      "a minimum of 0, for which `paused` exists",
      { capacity: { min: 0, desired: 1, max: 1 } },
      ["capacity.min"],
    ],
    [
      "a schedule whose bounds contradict each other",
      { sizing: "automatic", schedules: [{ ...night, desired: 3 }] },
      ["schedules.0"],
    ],
    [
      "two schedules with the same name",
      { sizing: "automatic", schedules: [night, { ...night, recurrence: "0 8 * * *" }] },
      ["schedules.1.name"],
    ],
    [
      "local uploads with more than one server, or backups of uploads that are not shared",
      {
        sizing: "automatic",
        uploads: "local",
        uploadsBackups: true,
        schedules: [night, { ...night, name: "day", recurrence: "0 8 * * *", max: 1 }],
      },
      ["capacity.max", "schedules.0.max", "uploadsBackups"],
    ],
    ["a title of two lines", { siteTitle: "one\ntwo" }, ["siteTitle"]],
    ["a title that begins with a blank", { siteTitle: " one" }, ["siteTitle"]],
    ["a title that is too long", { siteTitle: "x".repeat(81) }, ["siteTitle"]],
    ["an invalid address", { adminEmail: "someone" }, ["adminEmail"]],
    [
      "an address longer than WordPress's table allows",
      { adminEmail: `someone@${"a".repeat(60)}.${"b".repeat(32)}.com` },
      ["adminEmail"],
    ],
    ["mail without an address to send from", { mail: { method: "ses" } }, ["mail.from"]],
    ["mail by an unknown method", { mail: { method: "smtp" } }, ["mail.method"]],
    [
      "an identity to create without a zone for its records",
      { mail: { method: "ses", from: "a@example.com", identity: "create" } },
      ["mail.identity"],
    ],
    [
      "an identity to create in another's zone",
      {
        domain: { name: "blog.example.com", hostedZoneName: "example.com" },
        mail: { method: "ses", from: "a@otherexample.com", identity: "create" },
      },
      ["mail.identity"],
    ],
    [
      "a configuration set with characters that SES refuses",
      { mail: { method: "ses", from: "a@example.com", configurationSet: "a b" } },
      ["mail.configurationSet"],
    ],
    ["uploads in an unknown place", { uploads: "s3" }, ["uploads"]],
    ["an automatic size without a schedule or target tracking", { sizing: "automatic" }, ["sizing"]],
    ["a manual size with a schedule", { schedules: [night] }, ["sizing"]],
    ["a fixed size that is a range", { sizing: "fixed" }, ["capacity"]],
    [
      "a fixed size with target tracking",
      { sizing: "fixed", capacity: { min: 2, desired: 2, max: 2 }, targetTracking: { cpuPercent: 80 } },
      ["sizing"],
    ],
    ["an image with an unknown source", { image: { source: "baked" } }, ["image.source"]],
    ["a given AMI without its id", { image: { source: "existing" } }, ["image.amiId"]],
    [
      "a domain name outside its zone",
      { domain: { name: "blog.example.org", hostedZoneName: "example.com" } },
      ["domain.name"],
    ],
    [
      "a domain name that only ends like its zone",
      { domain: { name: "blog.myexample.com", hostedZoneName: "example.com" } },
      ["domain.name"],
    ],
    ["a target group's name that AWS refuses", { targetGroupName: "-servers" }, ["targetGroupName"]],
    ["the course's grace period", { healthCheckGraceSeconds: 10 }, ["healthCheckGraceSeconds"]],
    ["a warm-up of 179 s", { instanceWarmupSeconds: 179 }, ["instanceWarmupSeconds"]],
    [
      "a golden image's times for servers that bootstrap",
      { image: { source: "bootstrap" }, healthCheckGraceSeconds: 899, instanceWarmupSeconds: 180 },
      ["healthCheckGraceSeconds", "instanceWarmupSeconds"],
    ],
    [
      "scale-in protection of a group that target tracking scales in",
      { sizing: "automatic", targetTracking: { cpuPercent: 50 }, scaleInProtection: true },
      ["scaleInProtection"],
    ],
    [
      "scale-in protection of a group that a schedule scales in",
      { sizing: "automatic", schedules: [night], scaleInProtection: true },
      ["scaleInProtection"],
    ],
    ["a text instead of a number", { healthCheckGraceSeconds: "10" }, ["healthCheckGraceSeconds"]],
  ];
  for (const [what, settings, paths] of wrong) {
    it(`refuse ${what}`, () => {
      expect(refused(settings)).to.deep.equal(paths);
    });
  }

  const fine: readonly (readonly [string, object])[] = [
    ["a fixed number", { sizing: "fixed", capacity: { min: 3, desired: 3, max: 3 } }],
    ["schedules that scale to 0", { sizing: "automatic", schedules: [{ ...night, min: 0, desired: 0 }] }],
    ["a zone's own name", { domain: { name: "example.com", hostedZoneName: "example.com" } }],
    [
      "an image to bake, from a Debian image by its id",
      {
        image: { source: "bake", debianAmiId: "ami-0123456789abcdef0" },
      },
    ],
    ["an image to bake for servers in public subnets", { image: { source: "bake" }, subnets: "public" }],
    ["a Debian image by its id", { image: { source: "bootstrap", debianAmiId: "ami-0123456789abcdef0" } }],
  ];
  for (const [what, settings] of fine) {
    it(`take ${what}`, () => {
      expect(refused(settings)).to.deep.equal([]);
    });
  }
});
