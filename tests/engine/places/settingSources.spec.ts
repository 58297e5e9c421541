import { expect } from "chai";

import { settingSources } from "../../../engine/places/settingSources";
import program from "../../../index";
import type { Registration } from "../../support/mockedTypes";
import { runUnderMocks } from "../../support/mocks";

/** Two values of each setting. Every mixture of both is valid. */
const values: Readonly<Record<string, readonly [unknown, unknown]>> = {
  "fleet.capacity.min": [2, 1],
  "fleet.capacity.desired": [3, 4],
  "fleet.capacity.max": [6, 8],
  "fleet.schedules.[name].min": [2, 1],
  "fleet.schedules.[name].desired": [3, 4],
  "fleet.schedules.[name].max": [6, 8],
  "fleet.schedules.[name].recurrence": ["0 20 * * *", "0 21 * * *"],
  "fleet.schedules.[name].timeZone": ["Asia/Seoul", "Asia/Tokyo"],
  "fleet.instanceType": ["t3.micro", "t3.small"],
  "fleet.keyPairName": ["vockey", "other"],
  "fleet.instanceProfileName": ["LabInstanceProfile", "OtherProfile"],
  "fleet.rootVolumeGiB": [20, 30],
  "fleet.deregistrationDelaySeconds": [60, 90],
  "fleet.loadBalancerDeletionProtection": [false, true],
  "fleet.domain": [undefined, { name: "blog.example.com", hostedZoneName: "example.com" }],
  "database.instanceClass": ["db.t3.micro", "db.t3.small"],
  "database.allocatedStorageGiB": [20, 22],
  "database.maxAllocatedStorageGiB": [100, 200],
  "database.storageType": ["gp2", "gp3"],
  "database.multiAz": [false, true],
  "database.deletionProtection": [false, true],
  "database.backupRetentionDays": [1, 7],
  "database.finalSnapshot": [false, true],
  "database.logRetentionDays": [14, 30],
  "launcher.memoryMiB": [256, 512],
  "launcher.timeoutSeconds": [60, 90],
  "launcher.existingRoleArn": [
    "arn:aws:iam::123456789012:role/LabRole",
    "arn:aws:iam::123456789012:role/Other",
  ],
  "launcher.keyPairName": ["vockey", "other"],
  "launcher.instanceType": ["t3.micro", "t3.small"],
  "launcher.schedule": ["cron(0 9 ? * MON-FRI *)", "cron(0 10 ? * MON-FRI *)"],
  "launcher.timeZone": ["Asia/Seoul", "Asia/Tokyo"],
  "launcher.logRetentionDays": [14, 30],
};
const settings = Object.keys(values);

/** Settings that exclude schedules, or decide options of a resource, whole resources or the provider: the engine's test proves some of them. */
const byProperty = settingSources.filter(
  ({ type, at, rule }) =>
    type?.startsWith("pulumi:") === false &&
    at !== undefined &&
    at !== "options.protect" &&
    at !== "protectFromScaleIn" &&
    rule === undefined,
);

/** The program's resources, with the second value of each setting that `isChanged` selects. */
async function resourcesWith(isChanged: (index: number) => boolean): Promise<readonly Registration[]> {
  const given = settings.map((setting, index) => ({
    setting,
    value: values[setting]?.[isChanged(index) ? 1 : 0],
  }));
  /** The members of a group, or of an object in it. */
  const under = (prefix: string) =>
    Object.fromEntries(
      given
        .filter(({ setting }) => setting.startsWith(prefix) && !setting.slice(prefix.length).includes("."))
        .map(({ setting, value }) => [setting.slice(prefix.length), value]),
    );
  const groups = {
    network: { natGateways: "none", interfaceEndpoints: "oneZone", instanceConnectEndpoint: false },
    database: under("database."),
    launcher: under("launcher."),
    fleet: {
      ...{ image: { source: "bake" }, siteHealthCheck: false },
      ...under("fleet."),
      capacity: under("fleet.capacity."),
      schedules: [{ name: "evening", ...under("fleet.schedules.[name].") }],
    },
  };
  const config = {
    "aws:region": "us-east-1",
    ...Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [`wordpress:${name}`, JSON.stringify(group)]),
    ),
  };
  return (await runUnderMocks(program, { config, stack: "lab" })).resources;
}

/** The values of a source's property in all its resources. */
function valuesOf(
  resources: readonly Registration[],
  { type, name, at = "" }: (typeof byProperty)[number],
): string {
  const found = resources.filter(
    (each) => each.type === type && (name === undefined || name.test(each.name)),
  );
  const path = typeof at === "string" ? at : "blockDeviceMappings.0.ebs.volumeSize";
  return JSON.stringify(found.map(({ inputs }) => path.split(".").reduce<unknown>(memberOf, inputs)));
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

describe("the settings of properties", () => {
  // Each setting has the second value in the runs of its number's binary digits, so a property that changes in exactly
  // these runs depends on this setting and on no other.
  const runs = Array.from({ length: Math.ceil(Math.log2(settings.length + 1)) }, (_, digit) => digit);
  const hasDigit = (index: number, digit: number) => ((index + 1) >> digit) % 2 === 1;
  let first: readonly Registration[];
  const after = new Map<number, readonly Registration[]>();

  before(async () => {
    first = await resourcesWith(() => false);
    for (const digit of runs) after.set(digit, await resourcesWith((index) => hasDigit(index, digit)));
  });

  for (const source of byProperty) {
    it(`${source.setting} decides ${String(source.at)} of ${source.type ?? ""} ${String(source.name ?? "")}`, () => {
      const base = valuesOf(first, source);
      expect(base).not.to.equal("[]");
      const changed = runs.filter((digit) => valuesOf(after.get(digit) ?? [], source) !== base);
      const index = settings.indexOf(source.setting);
      expect(index, "no values").to.be.at.least(0);
      expect(changed).to.deep.equal(runs.filter((digit) => hasDigit(index, digit)));
    });
  }
});
