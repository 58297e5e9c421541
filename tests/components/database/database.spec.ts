import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { Database, type DatabaseArgs } from "../../../components/database/database";
import { only, runUnderMocks } from "../../support/mocks";
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

describe("Database", () => {
  it("is a private, encrypted MariaDB whose password only RDS knows", async () => {
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

  it("stands in the subnets it is given", async () => {
    const { inputs } = only(await run(), "aws:rds/subnetGroup:SubnetGroup");
    expect(inputs["subnetIds"]).to.deep.equal(["subnet-a", "subnet-b"]);
  });

  it("refuses connections without TLS and stores all of Unicode, in its version's parameter group", async () => {
    const { inputs } = only(await run({ engineVersion: "10.11" }), "aws:rds/parameterGroup:ParameterGroup");
    expect(inputs["family"]).to.equal("mariadb10.11");
    expect(inputs["parameters"]).to.deep.include.members([
      { name: "require_secure_transport", value: "1" },
      { name: "character_set_server", value: "utf8mb4" },
    ]);
  });

  it("is small and leaves nothing behind by default", async () => {
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
    expect(instance).not.to.have.any.keys("finalSnapshotIdentifier", "maxAllocatedStorage");
  });

  it("survives a zone, a mistake and its own deletion when asked", async () => {
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
      finalSnapshotIdentifier: "site-database-final",
      dbName: "blog",
    });
  });

  it("is neither deleted nor replaced by Pulumi while it is protected", async () => {
    for (const deletionProtection of [true, false]) {
      const options: pulumi.ResourceOptions[] = [];
      await runUnderMocks(() => {
        const record: pulumi.ResourceTransformation = ({ type, opts }) => {
          if (type === "aws:rds/instance:Instance") options.push(opts);
          return undefined;
        };
        const args = { ...place, deletionProtection };
        return new Database("site", args, { transformations: [record] }).address;
      });
      expect(options.map(({ protect }) => protect)).to.deep.equal([deletionProtection]);
    }
  });

  it("gives what a server needs to find it and to fetch its password", async () => {
    expect((await run()).outputs).to.deep.equal({
      address: "site-database.abcdefghijkl.us-east-1.rds.amazonaws.com",
      port: 3306,
      databaseName: "wordpress",
      secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1234",
    });
  });

  it("tags everything, each with its name", async () => {
    expect(untagged(await run({ tags: { Stack: "test" } }), { Stack: "test" })).to.deep.equal([]);
  });

  it("lists every wrong argument at once, and registers nothing", async () => {
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

  it("passes subnets on only when there are two or more", async () => {
    const subnetIds = pulumi.output(["subnet-a"]);
    expect(await rejectionOf(run({ subnetIds }))).to.match(/Database "site".*\n.*subnetIds: \["subnet-a"\]/);
  });
});
