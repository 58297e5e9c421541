import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { z } from "zod";

import { Database, type DatabaseArgs } from "../../../components/database/database";
import { all, only, runUnderMocks } from "../../support/mocks";
import { problemsOf } from "../../support/problems";
import { rejectionOf } from "../../support/rejection";
import { untagged } from "../../support/tags";

const place = { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-1"] };

const run = (args: Partial<DatabaseArgs> = {}) =>
  runUnderMocks(() => {
    const { address, port, databaseName, secretArn } = new Database("site", { ...place, ...args });
    return { address, port, databaseName, secretArn };
  });

const instanceOf = async (args: Partial<DatabaseArgs> = {}) =>
  only(await run(args), "aws:rds/instance:Instance").inputs;

/** The options of the instance: mocks see only inputs. */
async function optionsOf(args: Partial<DatabaseArgs>): Promise<pulumi.CustomResourceOptions> {
  const options: pulumi.CustomResourceOptions[] = [];
  await runUnderMocks(() => {
    const record: pulumi.ResourceTransformation = ({ type, opts }) => {
      if (type === "aws:rds/instance:Instance") options.push(opts);
      return undefined;
    };
    return new Database("site", { ...place, ...args }, { transformations: [record] }).address;
  });
  const [first] = options;
  if (first === undefined) throw new Error("no instance was registered");
  return first;
}

describe("Database", () => {
  it("is a private, encrypted MariaDB whose password RDS manages", async () => {
    const instance = await instanceOf();
    expect(instance).to.deep.include({
      engine: "mariadb",
      engineVersion: "11.8",
      storageEncrypted: true,
      publiclyAccessible: false,
      manageMasterUserPassword: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      username: "wordpress",
      dbName: "wordpress",
      vpcSecurityGroupIds: ["sg-1"],
      dbSubnetGroupName: "site-database",
      parameterGroupName: "site-database",
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      enabledCloudwatchLogsExports: ["error", "slowquery"],
    });
    expect(instance).not.to.have.property("password");
  });

  it("is placed in the given subnets", async () => {
    const { inputs } = only(await run(), "aws:rds/subnetGroup:SubnetGroup");
    expect(inputs["subnetIds"]).to.deep.equal(["subnet-a", "subnet-b"]);
  });

  for (const engineVersion of ["10.11", "11.4", "11.8"] as const) {
    it(`requires TLS and stores all of Unicode with the parameters of ${engineVersion}`, async () => {
      const { inputs } = only(await run({ engineVersion }), "aws:rds/parameterGroup:ParameterGroup");
      expect(inputs["family"]).to.equal(`mariadb${engineVersion}`);
      expect(inputs).not.to.have.property("name");
      const parameters = z
        .array(z.object({ name: z.string(), value: z.string() }))
        .parse(inputs["parameters"]);
      expect(parameters).to.deep.include({ name: "character_set_server", value: "utf8mb4" });
      // AWS documents that 11.8 requires TLS by default.
      const tls = parameters.filter(({ name }) => name === "require_secure_transport");
      expect(tls.map(({ value }) => value)).to.deep.equal(engineVersion === "11.8" ? [] : ["ON"]);
    });
  }

  it("applies changes immediately, or in its maintenance window when the settings say so", async () => {
    expect(await instanceOf()).to.deep.include({ applyImmediately: true, allowMajorVersionUpgrade: true });
    expect(await instanceOf()).not.to.have.any.keys("maintenanceWindow", "backupWindow");
    const windows = { maintenanceWindow: "sun:18:00-sun:19:00", backupWindow: "16:00-17:00" };
    expect(await instanceOf({ applyChanges: "maintenanceWindow", ...windows })).to.deep.include({
      applyImmediately: false,
      ...windows,
    });
  });

  it("has log groups that are created before it, named by its identifier, with an expiry and tags", async () => {
    const result = await run({ logRetentionDays: 90, tags: { Stack: "test" } });
    const { identifier } = only(result, "aws:rds/instance:Instance").inputs;
    const groups = all(result, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs);
    expect(groups.map(({ name }) => name)).to.deep.equal([
      `/aws/rds/instance/${String(identifier)}/error`,
      `/aws/rds/instance/${String(identifier)}/slowquery`,
    ]);
    for (const group of groups) expect(group).to.deep.include({ retentionInDays: 90 });
  });

  it("gets another identifier when it replaces a database, and another snapshot name each time", async () => {
    const names = async (databaseName: string) => {
      const { identifier, finalSnapshotIdentifier } = await instanceOf({ databaseName });
      return { identifier: String(identifier), snapshot: String(finalSnapshotIdentifier) };
    };
    const [first, second, third] = [await names("one"), await names("two"), await names("one")];
    expect(first.identifier).to.match(/^site-database-[0-9a-f]{6}$/);
    expect(second.identifier).not.to.equal(first.identifier);
    expect(third.identifier).to.equal(first.identifier);
    expect(new Set([first, second, third].map(({ snapshot }) => snapshot))).to.have.property("size", 3);
  });

  it("has the content and the schema's name of a snapshot, and records the snapshot", async () => {
    const restored = await instanceOf({
      restoreFrom: "before-upgrade",
      databaseName: "blog",
      tags: { Stack: "a" },
    });
    expect(restored).to.deep.include({
      snapshotIdentifier: "before-upgrade",
      manageMasterUserPassword: true,
      tags: { Stack: "a", Name: "site-database", "site-backup:restored-from": "before-upgrade" },
    });
    expect(restored).not.to.have.property("dbName");
    const identifiers: unknown[] = [];
    for (const args of [{}, { restoreFrom: "before-upgrade" }, { restoreFrom: "wordpress" }]) {
      identifiers.push((await instanceOf(args))["identifier"]);
    }
    expect(new Set(identifiers)).to.have.property("size", 3);
    expect(await instanceOf({ restoreFrom: "before-upgrade", databaseName: "other" })).to.deep.include({
      identifier: identifiers[1],
    });
  });

  it("keeps its identifier and its snapshot name", async () => {
    expect((await optionsOf({})).ignoreChanges).to.deep.equal(["identifier", "finalSnapshotIdentifier"]);
  });

  it("is small and leaves no snapshot behind by default", async () => {
    const instance = await instanceOf();
    expect(instance).to.deep.include({
      instanceClass: "db.t4g.micro",
      allocatedStorage: 20,
      storageType: "gp3",
      multiAz: false,
      deletionProtection: false,
      backupRetentionPeriod: 1,
      skipFinalSnapshot: true,
    });
    expect(instance).not.to.have.property("maxAllocatedStorage");
  });

  it("has a standby, protection and a final snapshot when the settings say so", async () => {
    const settings = {
      instanceClass: "db.t4g.medium",
      allocatedStorageGiB: 50,
      maxAllocatedStorageGiB: 500,
      storageType: "gp2",
      multiAz: true,
      deletionProtection: true,
      backupRetentionDays: 14,
      finalSnapshot: true,
      databaseName: "blog",
    } as const;
    expect(await instanceOf(settings)).to.deep.include({
      instanceClass: "db.t4g.medium",
      allocatedStorage: 50,
      maxAllocatedStorage: 500,
      storageType: "gp2",
      multiAz: true,
      deletionProtection: true,
      backupRetentionPeriod: 14,
      skipFinalSnapshot: false,
      dbName: "blog",
    });
    expect((await instanceOf(settings))["finalSnapshotIdentifier"]).to.match(
      /^site-database-final-[0-9a-f]{8}$/,
    );
  });

  it("is protected in Pulumi with deletion protection", async () => {
    for (const deletionProtection of [true, false]) {
      expect((await optionsOf({ deletionProtection })).protect).to.equal(deletionProtection);
    }
  });

  it("returns the address, the schema and the secret that servers need", async () => {
    expect((await run()).outputs).to.deep.equal({
      address: "site-database.abcdefghijkl.us-east-1.rds.amazonaws.com",
      port: 3306,
      databaseName: "wordpress",
      secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1234",
    });
  });

  it("tags every resource, each with its name", async () => {
    expect(untagged(await run({ tags: { Stack: "test" } }), { Stack: "test" })).to.deep.equal([]);
  });

  it("lists every wrong argument in one error, and registers no resource", async () => {
    const program = () =>
      new Database("site", {
        ...place,
        instanceClass: "t3.micro",
        backupRetentionDays: 36,
        allocatedStorageGiB: 100,
        maxAllocatedStorageGiB: 109,
        databaseName: "word press",
      });
    expect(await problemsOf(program)).to.have.members([
      'instanceClass: "t3.micro"',
      "backupRetentionDays: 36",
      "maxAllocatedStorageGiB: 109",
      'databaseName: "word press"',
    ]);
  });

  it("refuses a single subnet that another resource provides", async () => {
    const subnetIds = pulumi.output(["subnet-a"]);
    expect(await rejectionOf(run({ subnetIds }))).to.match(/Database "site".*\n.*subnetIds: \["subnet-a"\]/);
  });
});
