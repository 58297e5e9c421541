import { expect } from "chai";
import type { z } from "zod";

import { stackSettings } from "../config";
import program from "../index";
import { groupFacts, type StackSettingFacts } from "../tools/settings/facts";
import type { Registration } from "./support/mockedTypes";
import { runUnderMocks } from "./support/mocks";

type Settings = Readonly<Record<string, unknown>>;

const facts = Object.entries<z.ZodType>(stackSettings.shape).flatMap(([group, schema]) =>
  groupFacts(group, schema),
);

const key =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIONNus8ioaljVMeMnEHUT6Om0SwS2zVXk6mQwofNnSAn someone@example.com";
const night = { name: "night", recurrence: "0 20 * * *", min: 1, desired: 1, max: 2 };
const bootstrap = { "fleet.image": { source: "bootstrap" }, "network.natGateways": "single" };

/** Defaults that other settings or the region decide about: their text, and the values in each case. */
const derived: Readonly<
  Record<string, { readonly text: string; readonly cases: readonly (readonly [Settings, unknown])[] }>
> = {
  "network.availabilityZones": {
    text: "the region's first two zones that offer the servers' instance types and the database's class",
    cases: [[{}, ["us-east-1a", "us-east-1b"]]],
  },
  "network.instanceConnectEndpoint": {
    text: "`true` with `fleet.sshPublicKey`, else `false`",
    cases: [
      [{}, false],
      [{ "fleet.sshPublicKey": key }, true],
    ],
  },
  "fleet.sizing": {
    text: "`automatic` with `schedules` or `targetTracking`, else `manual`",
    cases: [
      [{}, "manual"],
      [{ "fleet.targetTracking": { cpuPercent: 80 } }, "automatic"],
      [{ "fleet.schedules": [night] }, "automatic"],
    ],
  },
  "fleet.healthCheckGraceSeconds": {
    text: "300; 900 with image `bootstrap`",
    cases: [
      [{}, 300],
      [bootstrap, 900],
    ],
  },
  "fleet.instanceWarmupSeconds": {
    text: "300; 900 with image `bootstrap`",
    cases: [
      [{}, 300],
      [bootstrap, 900],
    ],
  },
  "fleet.siteHealthCheck": {
    text: "`true` in us-east-1, else `false`",
    cases: [
      [{ "aws:region": "us-east-1" }, true],
      [{ "aws:region": "eu-central-1" }, false],
    ],
  },
};

/** Defaults that are the absence of something, that AWS chooses, or that the server derives. */
const absent: Readonly<Record<string, string>> = {
  "database.maxAllocatedStorageGiB": "RDS does not grow the storage",
  "database.maintenanceWindow": "a window that RDS chooses",
  "database.backupWindow": "a window that RDS chooses",
  "database.restoreFrom": "an empty database",
  "fleet.keyPairName": "no key pair, unless `sshPublicKey` is set",
  "fleet.sshPublicKey": "no key pair, unless `keyPairName` is set",
  "fleet.targetTracking": "no target tracking",
  "fleet.waf": "no web application firewall",
  "fleet.targetGroupName": "a generated name",
  "fleet.adminEmail": "admin@ the host name of the site",
  "fleet.domain": "HTTP under the load balancer's DNS name",
  "fleet.instanceProfileName": "a least-privilege profile that the stack creates",
  "launcher.amiId": "the newest Debian 13 of the instance type's architecture",
  "launcher.keyPairName": "no key pair",
  "launcher.existingRoleArn": "least-privilege roles that the stack creates",
  "lifetime.endsAt": "never",
};

/** The inputs of the program's resources with these settings, by the resources' types and names. */
async function resourcesOf({ "aws:region": given, ...settings }: Settings) {
  const region = typeof given === "string" ? given : "us-east-1";
  const groups: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(settings)) {
    const [group = "", name] = path.split(".");
    groups[group] = name === undefined ? value : { ...Object(groups[group]), [name]: value };
  }
  const config = Object.fromEntries(
    Object.entries(groups).map(([group, value]) => [`wordpress:${group}`, JSON.stringify(value)]),
  );
  const { resources } = await runUnderMocks(program, {
    config: { ...config, "aws:region": region },
    answers: { "aws:index/getRegion:getRegion": () => ({ region, id: region }) },
  });
  return Object.fromEntries(
    resources.map(({ type, name, inputs }) => [`${type} ${name}`, comparable(inputs)] as const),
  );
}

/** Without what differs between two runs: a new database's final snapshot has a random name, an archive has promises. */
function comparable(inputs: Registration["inputs"]): Registration["inputs"] {
  const differing = ["finalSnapshotIdentifier", "code"];
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !differing.includes(name)));
}

const valueOf = ({ schema }: StackSettingFacts) => schema.parse(undefined);

describe("a program that omits settings", () => {
  it("gets the default that the documents name for each", async () => {
    const named = facts.filter(({ default: fallback }) => fallback?.isValue === true);
    const explicit = Object.fromEntries(named.map((each) => [each.path, valueOf(each)]));
    expect(await resourcesOf(explicit)).to.deep.equal(await resourcesOf({}));
  });

  for (const [path, { text, cases }] of Object.entries(derived)) {
    for (const [others, value] of cases) {
      it(`gets ${JSON.stringify(value)} for ${path} with ${JSON.stringify(others)}`, async () => {
        expect(facts.find((each) => each.path === path)?.default?.text).to.equal(text);
        expect(await resourcesOf({ ...others, [path]: value })).to.deep.equal(await resourcesOf(others));
      });
    }
  }

  it("gets one of the stated defaults for every other setting", () => {
    const others = facts
      .filter(({ default: fallback }) => fallback?.isValue === false)
      .filter(({ path }) => !(path in derived))
      .map(({ path, default: fallback }) => [path, fallback?.text]);
    expect(Object.fromEntries(others)).to.deep.equal(absent);
  });
});
