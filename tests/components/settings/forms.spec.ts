import { expect } from "chai";
import { z } from "zod";

import { databaseArgs, databaseSettings } from "../../../components/database/settings";
import { networkArgs, networkSettings } from "../../../components/network/settings";
import { launcherArgs, launcherSettings } from "../../../components/scheduledLauncher/settings";
import { recurrenceAllowed } from "../../../components/schedules/recurrence";
import { problemsIn } from "../../../components/settings/parse";
import { fleetArgs, fleetSettings } from "../../../components/wordpressFleet/settings";

const fleetWith = (more: object) => ({ sizing: "manual", ...more });
const scheduleWith = (more: object) => ({
  sizing: "automatic",
  schedules: [{ name: "night", recurrence: "0 20 * * *", min: 1, desired: 1, max: 2, ...more }],
});
const host = "blog.example.com";
const domainWith = (name: unknown, hostedZoneName = name) => fleetWith({ domain: { name, hostedZoneName } });
const long = (label: string, count: number) => `${Array<string>(count).fill(label).join(".")}.com`;

/** A setting: its schema, settings with a value for it, its path, the message, accepted values, refused values. */
type Form = readonly [
  schema: z.ZodType,
  settings: (value: unknown) => object,
  path: string,
  allowed: string,
  taken: readonly unknown[],
  refused: readonly unknown[],
];

const forms: readonly Form[] = [
  [
    databaseSettings,
    (instanceClass: unknown) => ({ instanceClass }),
    "instanceClass",
    "an RDS instance class in lower case, e.g. db.t4g.micro",
    ["db.t4g.micro", "db.r6g.16xlarge", "db.x2iedn.xlarge", "db.m8gd.48xlarge"],
    [
      "db.t4g.nano",
      "db.t4g.huge",
      "db.tg.micro",
      "db.t4g.micro.x",
      "t4g.micro",
      "db.t4g",
      "db.",
      "db.t4g.",
      "xdb.t4g.micro",
      "db.t4g.micro!",
      "DB.t4g.micro",
      4,
    ],
  ],
  [
    databaseSettings,
    (databaseName: unknown) => ({ databaseName }),
    "databaseName",
    "1 to 64 letters, digits or _, a letter first; no reserved word of MariaDB and no database that every instance has, e.g. mysql",
    ["w", "Word_Press2", "w".repeat(64), "blog", "mysql2", "selects"],
    [
      "mysql",
      "MySQL",
      "sys",
      "information_schema",
      "performance_schema",
      "innodb",
      "tmp",
      "database",
      "Select",
      "key",
      "",
      "2w",
      "_w",
      "w-p",
      "-wp",
      "wp!",
      "w".repeat(65),
      1,
    ],
  ],
  [
    networkSettings,
    (zone: unknown) => ({ availabilityZones: [zone, "us-east-1b"] }),
    "availabilityZones.0",
    "2 different Availability Zones of the stack's region, in lower case and no Local Zones, e.g. [us-east-1a, us-east-1b]",
    ["us-east-1a", "us-gov-west-1a", "ap-northeast-2c"],
    [
      "US-EAST-1a",
      "us-east-1A",
      "us-east-1-bos-1a",
      "us-east-1-wl1-bos-wlz-1",
      "use1-az1",
      "us-east-1",
      "us-1a",
      "east-1a",
      "us-east-a",
      "xus-east-1a",
      "us-east-1ab",
      "us-east-12a",
      "a",
      1,
    ],
  ],
  [
    launcherSettings,
    (instanceType: unknown) => ({ instanceType }),
    "instanceType",
    "an EC2 instance type that Linux starts on, e.g. t3.micro or t4g.micro",
    ["t3.micro", "m.large", "u-6tb1.56xlarge", "c5d.metal-24xl"],
    [
      "mac2-m2.metal",
      "mac1.metal",
      "t3",
      "t3.",
      ".micro",
      "3t.micro",
      "-t3.micro",
      "t3.micro ",
      "T3.micro",
      "t3.mi_cro",
      "t_3.micro",
      3,
    ],
  ],
  [
    launcherSettings,
    (amiId: unknown) => ({ amiId }),
    "amiId",
    "an AMI's id, e.g. ami-0123456789abcdef0",
    ["ami-01234567", "ami-0123456789abcdef0"],
    [
      "ami-0123456",
      "ami-0123456789abcdef01",
      "ami-0123456g",
      "xami-01234567",
      "ami-01234567x",
      "01234567",
      1,
    ],
  ],
  [
    launcherSettings,
    (keyPairName: unknown) => ({ keyPairName }),
    "keyPairName",
    "the name of an EC2 key pair: 1 to 255 ASCII characters without * ? $, no space at an end",
    ["vockey", "my key (2)", "k".repeat(255)],
    [" key", "key ", "*", "key?", "${aws:username}", "", "k".repeat(256), "열쇠", "key\n", "\tkey", 1],
  ],
  [
    fleetSettings,
    (name: unknown) => scheduleWith({ name }),
    "schedules.0.name",
    "1 to 64 letters, digits or -",
    ["n", "Night-2", "n".repeat(64)],
    ["", "n".repeat(65), "night!", "_night", "the night", 1],
  ],
  [
    fleetSettings,
    (recurrence: unknown) => scheduleWith({ recurrence }),
    "schedules.0.recurrence",
    recurrenceAllowed,
    ["0 8 * * MON-FRI"],
    ["0 8 * *", "0 24 * * *", 8],
  ],
  [
    fleetSettings,
    (name: unknown) => domainWith(name, String(name).split(".").slice(-2).join(".").toLowerCase()),
    "domain.name",
    "a host name in lower case, of at most 64 characters, e.g. blog.example.com",
    [
      "blog.xn--9t4b11yi5a",
      `${"l".repeat(52)}.example.com`,
      host,
      "a.example.com",
      "a-b.c.example.com",
      "l".repeat(60) + ".com",
    ],
    [
      `${"l".repeat(53)}.example.com`,
      "Blog.example.com",
      "example",
      "-a.example.com",
      "a-.example.com",
      `${"l".repeat(64)}.example.com`,
      "a.example.com.",
    ],
  ],
  [
    fleetSettings,
    (zone: unknown) => domainWith(zone),
    "domain.hostedZoneName",
    "a public Route 53 zone of yours, in lower case, e.g. example.com",
    ["example.com", "a.io", "x.co.uk", long("l".repeat(40), 6)],
    ["com", "x.y", "example..com", "example.c0m", "Example.com", " example.com", long("l".repeat(62), 4)],
  ],
  [
    fleetSettings,
    (targetGroupName: unknown) => fleetWith({ targetGroupName }),
    "targetGroupName",
    "1 to 32 letters, digits or -, none at an end",
    ["w", "wordpress-servers", "W2", "w".repeat(32)],
    ["", "-w", "w-", "w_w", "!", "w".repeat(33), 1],
  ],
  [
    fleetSettings,
    (siteTitle: unknown) => fleetWith({ siteTitle }),
    "siteTitle",
    "1 to 80 visible characters on one line, no white space at an end",
    ["W", "우리 블로그", "Kim's Blog!", "w".repeat(80), "👩‍💻 Blog"],
    [
      "\u3000Blog",
      "a\u2028b",
      "a\u2029b",
      "a\u202eb",
      "a\ud800b",
      "a\u0085b",
      "",
      " Blog",
      "Blog ",
      "Blog\n",
      "My\u0007Blog",
      "w".repeat(81),
      1,
    ],
  ],
  [
    fleetSettings,
    (instanceProfileName: unknown) => fleetWith({ instanceProfileName }),
    "instanceProfileName",
    "an instance profile's name, e.g. LabInstanceProfile",
    ["LabInstanceProfile", "a+b=c,d.e@f-g_h", "p".repeat(128)],
    ["", "my profile", "/path/profile", "profile/", "p".repeat(129), 1],
  ],
  [
    fleetSettings,
    (amiId: unknown) => fleetWith({ image: { source: "existing", amiId } }),
    "image.amiId",
    "an AMI's id, e.g. ami-0123456789abcdef0",
    ["ami-01234567"],
    ["ami-", undefined],
  ],
  [
    fleetSettings,
    (adminEmail: unknown) => fleetWith({ adminEmail }),
    "adminEmail",
    "an e-mail address of at most 100 characters, 64 of them before the @",
    ["kim@example.com", "kim+blog@example.com", `${"k".repeat(64)}@example.com`],
    [
      `${"k".repeat(65)}@example.com`,
      "김@example.com",
      "kim@localhost",
      "Kim <kim@example.com>",
      "kim",
      "kim@",
      `kim@${"l".repeat(60)}.${long("l".repeat(60), 4)}`,
      1,
    ],
  ],
  [
    networkSettings,
    (source: unknown) => ({ sshFrom: [source] }),
    "sshFrom.0",
    "an IPv4 range from /8 to /32 on its own boundary, not of loopback, link-local or multicast addresses, e.g. 10.8.0.0/16",
    ["203.0.113.7/32", "10.0.0.0/8", "100.64.0.0/10"],
    [
      "127.0.0.0/8",
      "0.0.0.0/8",
      "169.254.169.254/32",
      "224.0.0.0/8",
      "240.0.0.0/8",
      "255.255.255.255/32",
      "0.0.0.0/0",
      "203.0.113.7",
      1,
    ],
  ],
  [
    networkSettings,
    (cidrBlock: unknown) => ({ cidrBlock }),
    "cidrBlock",
    "a private IPv4 range from /16 to /24 on its own boundary, in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, e.g. 10.20.0.0/16",
    [
      "10.0.0.0/16",
      "10.255.255.0/24",
      "172.16.0.0/16",
      "172.31.255.0/24",
      "192.168.0.0/16",
      "100.64.0.0/16",
      "100.127.255.0/24",
    ],
    [
      ...[
        "10.0.0.0/8",
        "127.0.0.0/16",
        "0.0.0.0/16",
        "169.254.0.0/16",
        "224.0.0.0/16",
        "240.0.0.0/16",
        "203.0.113.0/24",
      ],
      ...[
        "172.15.0.0/16",
        "172.32.0.0/16",
        "192.167.0.0/16",
        "100.63.0.0/16",
        "100.128.0.0/16",
        "11.0.0.0/16",
        10,
      ],
    ],
  ],
];

const sshAllowed =
  "a list of at most 10 different IPv4 ranges, each from /8 to /32 on its own boundary, not of loopback, link-local or multicast addresses, e.g. 10.8.0.0/16";

describe("the form of a setting", () => {
  for (const [schema, settings, path, allowed, taken, refused] of forms) {
    const problems = (value: unknown) =>
      problemsIn(schema, settings(value)).filter((problem) => problem.path === path);
    for (const value of taken) {
      it(`accepts ${String(value)} as ${path}`, () => {
        expect(problems(value)).to.deep.equal([]);
      });
    }
    for (const value of refused) {
      it(`refuses ${String(value)} as ${path}`, () => {
        expect(problems(value).map((problem) => problem.allowed)).to.include(allowed);
      });
    }
  }

  for (const [schema, path, value, allowed] of [
    [networkSettings, "", "none", "settings of the network, as name: value"],
    [databaseSettings, "", 1, "settings of the database, as name: value"],
    [launcherSettings, "", [], "settings of the launcher, as name: value"],
    [fleetSettings, "", true, "settings of the fleet, as name: value"],
    [networkSettings, "sshFrom", "me", sshAllowed],
    [
      networkSettings,
      "sshFrom",
      Array.from({ length: 11 }, (_, index) => `203.0.113.${String(index)}/32`),
      sshAllowed,
    ],
    [networkSettings, "sshFrom", ["10.0.0.0/8", "10.0.0.0/8"], sshAllowed],
    [
      networkSettings,
      "availabilityZones",
      "us-east-1a",
      "2 different Availability Zones of the stack's region, in lower case and no Local Zones, e.g. [us-east-1a, us-east-1b]",
    ],
    [
      networkSettings,
      "availabilityZones",
      ["us-east-1a"],
      "2 different Availability Zones of the stack's region, in lower case and no Local Zones, e.g. [us-east-1a, us-east-1b]",
    ],
    [fleetSettings, "schedules", "night", "a list of at most 125 schedules"],
    [fleetSettings, "schedules.0", "night", "{ name, recurrence, timeZone, min, desired, max }"],
    [fleetSettings, "targetTracking", 80, "{ cpuPercent, scaleIn }"],
    [fleetSettings, "domain", host, "{ name, hostedZoneName }"],
    [fleetSettings, "capacity", 2, "{ min, desired, max }"],
    [fleetSettings, "notificationEmails", "kim@example.com", "a list of different e-mail addresses"],
    [
      fleetSettings,
      "image",
      "bake",
      "{ source: bake }, { source: existing, amiId: ami-… } or { source: bootstrap }; the first and the last may have a debianAmiId: ami-…",
    ],
    [fleetSettings, "targetTracking.cpuPercent", 9, "a whole number of percent from 10 to 100"],
    [fleetSettings, "capacity.max", 101, "a whole number of servers from 1 to 100"],
  ] as const) {
    it(`states for ${path === "" ? "a group of settings" : path}: ${allowed}`, () => {
      const settings = path
        .split(".")
        .reverse()
        .reduce<unknown>(
          (inner, key) => (key === "" ? inner : key === "0" ? [inner] : { [key]: inner }),
          value,
        );
      const refusals = problemsIn(schema, settings).filter((problem) => problem.path === path);
      expect(refusals.map((problem) => problem.allowed)).to.deep.equal([allowed]);
    });
  }
});

describe("a component's arguments", () => {
  for (const [of, { shape }] of Object.entries({ networkArgs, databaseArgs, launcherArgs, fleetArgs })) {
    it(`are optional and described, in ${of}`, () => {
      for (const [name, schema] of Object.entries<z.ZodType>(shape)) {
        expect(z.safeParse(schema, undefined).error, name).to.equal(undefined);
        expect(schema.description, name).to.match(/^\S.*\.$/s);
      }
    });
  }

  it("have their own defaults besides the settings' defaults", () => {
    const { https, serverSubnets, sharedUploads, imageBuilder, tags } = networkArgs.parse({});
    expect({ https, serverSubnets, sharedUploads, imageBuilder, tags }).to.deep.equal({
      https: false,
      serverSubnets: "private",
      sharedUploads: false,
      imageBuilder: false,
      tags: {},
    });
    for (const subnets of ["private", "public"]) {
      expect(networkArgs.safeParse({ serverSubnets: subnets }).success, subnets).to.equal(true);
    }
    expect(databaseArgs.parse({}).tags).to.deep.equal({});
    expect(launcherArgs.parse({}).tags).to.deep.equal({});
  });
});
