import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { RDS, type CreateDBInstanceMessage } from "@aws-sdk/client-rds";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, makeNetwork, present, refusalOf } from "./fleet";

describe("RDS in the emulator", () => {
  const emulator = useEmulator();
  let rds: RDS;
  let logs: CloudWatchLogs;
  let account: string;

  beforeEach(() => {
    account = emulator.newAccountId();
    const config = emulator.clientConfig(account);
    rds = new RDS(config);
    logs = new CloudWatchLogs(config);
  });

  const parameterGroup = async (version: string) => {
    const name = `group-${version.replace(".", "-")}`;
    await rds.createDBParameterGroup({
      DBParameterGroupName: name,
      DBParameterGroupFamily: `mariadb${version}`,
      Description: "test",
    });
    return name;
  };
  const create = (settings: Partial<CreateDBInstanceMessage> = {}) =>
    rds.createDBInstance({
      DBInstanceIdentifier: "site",
      DBInstanceClass: "db.t4g.micro",
      Engine: "mariadb",
      EngineVersion: "11.4",
      AllocatedStorage: 50,
      StorageType: "gp3",
      MasterUsername: "wordpress",
      ManageMasterUserPassword: true,
      ...settings,
    });
  const modify = (changes: object) =>
    rds.modifyDBInstance({ DBInstanceIdentifier: "site", ApplyImmediately: true, ...changes });
  const refusal = async (call: Promise<unknown>) => {
    const { name, message } = await refusalOf(call);
    return `${name}: ${message}`;
  };
  const found = async () => present((await rds.describeDBInstances({})).DBInstances?.[0]);

  it("runs the newest minor version of the requested major version", async () => {
    await create();
    expect((await found()).EngineVersion).to.match(/^11\.4\.\d+$/);
    await modify({ EngineVersion: "11.4", BackupRetentionPeriod: 3 });
    expect(await found()).to.include({ BackupRetentionPeriod: 3 });
  });

  it("keeps changes pending for the maintenance window unless ApplyImmediately is set", async () => {
    await create();
    const changes = {
      DBInstanceClass: "db.t4g.small",
      MultiAZ: true,
      AllocatedStorage: 80,
      StorageType: "gp2",
    };
    await modify({ ...changes, ApplyImmediately: false, BackupRetentionPeriod: 5, DeletionProtection: true });
    expect(await found()).to.include({
      DBInstanceClass: "db.t4g.micro",
      MultiAZ: false,
      AllocatedStorage: 50,
      StorageType: "gp3",
      // AWS always applies these at once.
      BackupRetentionPeriod: 5,
      DeletionProtection: true,
    });
    expect((await found()).PendingModifiedValues).to.deep.equal(changes);

    await modify({ BackupRetentionPeriod: 6 });
    expect(await found()).to.include(changes);
    expect((await found()).PendingModifiedValues).to.deep.equal({});
  });

  it("upgrades a major version only with AllowMajorVersionUpgrade and a parameter group of its family", async () => {
    const [old, middle, newer] = [
      await parameterGroup("10.11"),
      await parameterGroup("11.4"),
      await parameterGroup("11.8"),
    ];
    await create({ EngineVersion: "10.11", DBParameterGroupName: old });
    const AllowMajorVersionUpgrade = true;
    const upgrade = { EngineVersion: "11.8", DBParameterGroupName: newer };
    expect(await refusal(modify(upgrade))).to.match(
      /InvalidParameterCombination: The AllowMajorVersionUpgrade flag/,
    );
    expect(await refusal(modify({ EngineVersion: "11.8", AllowMajorVersionUpgrade }))).to.include(
      "is non-default",
    );
    expect(
      await refusal(modify({ ...upgrade, DBParameterGroupName: middle, AllowMajorVersionUpgrade })),
    ).to.include("Please use a Parameter Group with DBParameterGroupFamily mariadb11.8");
    await modify({ ...upgrade, AllowMajorVersionUpgrade });
    expect((await found()).EngineVersion).to.match(/^11\.8\./);
    const back = { EngineVersion: "11.4", DBParameterGroupName: middle, AllowMajorVersionUpgrade };
    expect(await refusal(modify(back))).to.match(
      /InvalidParameterCombination: Cannot upgrade mariadb from 11\.8/,
    );
    expect(await refusal(modify({ DBParameterGroupName: old }))).to.include(
      "cannot be used for this instance",
    );
  });

  it("refuses a database with a parameter group of another family", async () => {
    expect(await refusal(create({ DBParameterGroupName: await parameterGroup("11.8") }))).to.include(
      "DBParameterGroupFamily mariadb11.4",
    );
  });

  it("refuses to delete a parameter group or subnet group that a database uses, or has pending", async () => {
    const { subnetIds } = await makeNetwork(clientsOf(emulator.clientConfig(account)));
    await rds.createDBSubnetGroup({
      DBSubnetGroupName: "subnets",
      DBSubnetGroupDescription: "test",
      SubnetIds: [...subnetIds],
    });
    const [old, newer] = [await parameterGroup("11.4"), await parameterGroup("11.8")];
    await create({ DBParameterGroupName: old, DBSubnetGroupName: "subnets" });
    const deleted = (DBParameterGroupName: string) =>
      refusal(rds.deleteDBParameterGroup({ DBParameterGroupName }));
    expect(await deleted(old)).to.match(/^InvalidDBParameterGroupState.*: One or more database instances/);
    await modify({
      EngineVersion: "11.8",
      DBParameterGroupName: newer,
      AllowMajorVersionUpgrade: true,
      ApplyImmediately: false,
    });
    for (const group of [old, newer]) expect(await deleted(group)).to.include("still members");
    await modify({ MultiAZ: true });
    await rds.deleteDBParameterGroup({ DBParameterGroupName: old });
    expect(await deleted(newer)).to.include("still members");
    expect(await refusal(rds.deleteDBSubnetGroup({ DBSubnetGroupName: "subnets" }))).to.match(
      /^InvalidDBSubnetGroupStateFault/,
    );
    await rds.deleteDBInstance({ DBInstanceIdentifier: "site", SkipFinalSnapshot: true });
    await rds.deleteDBSubnetGroup({ DBSubnetGroupName: "subnets" });
    await rds.deleteDBParameterGroup({ DBParameterGroupName: newer });
  });

  it("refuses to remove a database's subnets from its group, and removes others", async () => {
    const clients = clientsOf(emulator.clientConfig(account));
    const { subnetIds } = await makeNetwork(clients);
    const other = await makeNetwork(clients);
    await rds.createDBSubnetGroup({
      DBSubnetGroupName: "subnets",
      DBSubnetGroupDescription: "test",
      SubnetIds: [...subnetIds],
    });
    await create({ DBSubnetGroupName: "subnets" });
    const kept = await refusalOf(clients.ec2.deleteSubnet({ SubnetId: subnetIds[0] }));
    expect(kept.name).to.equal("DependencyViolation");
    await clients.ec2.deleteSubnet({ SubnetId: other.subnetIds[0] });
  });

  it("compares the two windows over the whole week, and accepts adjacent ones", async () => {
    const windows = (PreferredMaintenanceWindow: string, PreferredBackupWindow: string) =>
      create({ PreferredMaintenanceWindow, PreferredBackupWindow });
    const overlapping = "InvalidParameterValue: The backup window and maintenance window must not overlap.";
    expect(await refusal(windows("sun:23:45-mon:00:15", "00:10-00:40"))).to.equal(overlapping);
    expect(await refusal(windows("mon:00:10-mon:00:40", "23:30-00:15"))).to.equal(overlapping);
    expect(await refusal(windows("mon:00:00-mon:00:29", "01:00-01:30"))).to.include("at least 30 minutes");
    await windows("mon:00:00-mon:00:30", "00:30-01:00");
    await modify({ PreferredMaintenanceWindow: "sun:23:59-mon:22:59", PreferredBackupWindow: "23:00-23:59" });
  });

  it("refuses less storage, and growth of less than 10 %", async () => {
    await create();
    expect(await refusal(modify({ AllocatedStorage: 49 }))).to.match(
      /InvalidParameterCombination: .*cannot be less/,
    );
    await modify({ AllocatedStorage: 51 });
    expect(await found()).to.include({ AllocatedStorage: 55 });
    expect(await refusal(modify({ Iops: 12_000 }))).to.include("less than 400");
  });

  it("requires a new name for each final snapshot, and keeps the database without one", async () => {
    const end = (FinalDBSnapshotIdentifier?: string, SkipFinalSnapshot = false) =>
      rds.deleteDBInstance({ DBInstanceIdentifier: "site", FinalDBSnapshotIdentifier, SkipFinalSnapshot });
    await create();
    expect(await refusal(end())).to.match(
      /InvalidParameterCombination: FinalDBSnapshotIdentifier is required/,
    );
    expect(await refusal(end("last", true))).to.match(/InvalidParameterCombination/);
    await end("last");
    await create();
    expect(await refusal(end("last"))).to.match(/^DBSnapshotAlreadyExists/);
    expect(await found()).to.include({ DBInstanceStatus: "available" });
    await end("another");
  });

  it("refuses values that RDS does not allow for a parameter", async () => {
    const group = await parameterGroup("11.4");
    const set = (ParameterName: string, ParameterValue: string) =>
      rds.modifyDBParameterGroup({
        DBParameterGroupName: group,
        Parameters: [{ ParameterName, ParameterValue, ApplyMethod: "immediate" }],
      });
    await set("require_secure_transport", "ON");
    await set("long_query_time", "0.5");
    for (const [name, value] of [
      ["require_secure_transport", "1"],
      ["slow_query_log", "ON"],
      ["log_output", "file"],
      ["long_query_time", "-1"],
      ["character_set_server", "utf-8"],
    ] as const) {
      expect(await refusal(set(name, value)), name).to.include(
        `Invalid parameter value: ${value} for: ${name}`,
      );
    }
    expect(await refusal(set("no_such_parameter", "1"))).to.include("Could not find parameter");
  });

  it("creates missing log groups, and keeps them after the database's deletion", async () => {
    await logs.createLogGroup({ logGroupName: "/aws/rds/instance/site/error" });
    await logs.putRetentionPolicy({ logGroupName: "/aws/rds/instance/site/error", retentionInDays: 7 });
    await create({ EnableCloudwatchLogsExports: ["error"] });
    await modify({ CloudwatchLogsExportConfiguration: { EnableLogTypes: ["slowquery"] } });
    await rds.deleteDBInstance({ DBInstanceIdentifier: "site", SkipFinalSnapshot: true });
    const { logGroups = [] } = await logs.describeLogGroups({});
    expect(
      logGroups.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]),
    ).to.deep.equal([
      ["/aws/rds/instance/site/error", 7],
      ["/aws/rds/instance/site/slowquery", undefined],
    ]);
  });

  it("restores a snapshot's content and version, and takes the other settings from the request", async () => {
    await create({
      EngineVersion: "11.4",
      MultiAZ: true,
      StorageEncrypted: true,
      DBName: "blog",
      Tags: [{ Key: "Name", Value: "site" }],
    });
    await rds.createDBSnapshot({ DBInstanceIdentifier: "site", DBSnapshotIdentifier: "before" });
    const snapshots = await rds.describeDBSnapshots({ DBSnapshotIdentifier: "before" });
    const arn = present(snapshots.DBSnapshots?.[0]?.DBSnapshotArn);
    const restore = (settings: object) =>
      rds.restoreDBInstanceFromDBSnapshot({
        DBInstanceIdentifier: "copy",
        DBSnapshotIdentifier: arn,
        ...settings,
      });
    expect((await refusalOf(restore({ DBSnapshotIdentifier: "none" }))).name).to.match(/^DBSnapshotNotFound/);
    expect((await refusalOf(restore({ AllocatedStorage: 40 }))).name).to.equal("InvalidParameterValue");
    const newer = { DBParameterGroupName: await parameterGroup("11.8") };
    expect((await refusalOf(restore(newer))).message).to.contain("mariadb11.4");
    const { DBInstance: copy } = await restore({});
    expect(copy).to.include({
      AllocatedStorage: 50,
      DBName: "blog",
      EngineVersion: "11.4.8",
      MasterUsername: "wordpress",
      MultiAZ: false,
      StorageEncrypted: true,
    });
    expect(copy?.MasterUserSecret).to.equal(undefined);
    expect(copy?.TagList ?? []).to.deep.equal([]);
    // A snapshot outlives its database.
    await rds.deleteDBInstance({ DBInstanceIdentifier: "site", SkipFinalSnapshot: true });
    await rds.deleteDBInstance({ DBInstanceIdentifier: "copy", SkipFinalSnapshot: true });
    expect((await restore({})).DBInstance?.DBName).to.equal("blog");
  });
});
