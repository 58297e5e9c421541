import { expect } from "chai";

import { instance } from "../../../../localAws/providers/aws/rds/instance";
import { parameterGroup } from "../../../../localAws/providers/aws/rds/parameterGroup";
import { subnetGroup } from "../../../../localAws/providers/aws/rds/subnetGroup";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import {
  change,
  driftOf,
  end,
  expectInStep,
  make,
  preview,
  problemsOf,
  refresh,
  textIn,
  type Kept,
} from "./life";
import { defaultSubnets } from "./network";

/** More than RDS accepts in one request. */
const manyParameters = [
  "general_log",
  "innodb_lock_wait_timeout",
  "innodb_print_all_deadlocks",
  "interactive_timeout",
  "log_queries_not_using_indexes",
  "long_query_time",
  "max_connect_errors",
  "min_examined_row_limit",
  "net_read_timeout",
  "net_write_timeout",
  "slow_query_log",
  "table_open_cache",
  "wait_timeout",
]
  .map((name) => ({ name, value: "1" }))
  .concat(
    ["max_heap_table_size", "sort_buffer_size", "tmp_table_size", "max_allowed_packet"].map((name) => ({
      name,
      value: "65536",
    })),
    [
      { name: "character_set_server", value: "utf8mb4" },
      { name: "collation_server", value: "utf8mb4_unicode_520_ci" },
      { name: "log_output", value: "FILE" },
      { name: "require_secure_transport", value: "ON" },
    ],
  );

describe("RDS types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a subnet group", async () => {
    const { aws } = account;
    const [first, second, third] = await defaultSubnets(aws);
    const made = await make(aws, subnetGroup, { subnetIds: [first, second], tags: { Name: "db" } });
    await expectInStep(aws, made);
    expect(preview(made, { ...made.inputs, subnetIds: [second, first] }).changed).to.deep.equal([]);

    const changed = await change(aws, made, {
      subnetIds: [second, third],
      description: "databases",
      tags: { Name: "databases" },
    });
    await expectInStep(aws, changed);

    const rds = await aws.rds();
    await rds.modifyDBSubnetGroup({ DBSubnetGroupName: made.id, SubnetIds: [first, third] });
    expect(await driftOf(aws, changed)).to.deep.equal(["subnetIds"]);
    await end(aws, changed);
  });

  it("manage a parameter group, and remove parameters from it", async () => {
    const { aws } = account;
    const many = manyParameters;
    const made = await make(aws, parameterGroup, {
      family: "mariadb11.8",
      parameters: [{ name: "max_connections", value: "100", applyMethod: "pending-reboot" }, ...many],
    });
    await expectInStep(aws, made);

    const changed = await change(aws, made, {
      family: "mariadb11.8",
      parameters: [{ name: "max_connections", value: "200", applyMethod: "pending-reboot" }],
      tags: { Name: "wordpress" },
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, family: "mariadb11.4" }).replaced).to.deep.equal(["family"]);

    const rds = await aws.rds();
    await rds.modifyDBParameterGroup({
      DBParameterGroupName: made.id,
      Parameters: [{ ParameterName: "wait_timeout", ParameterValue: "60", ApplyMethod: "immediate" }],
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["parameters"]);
    await end(aws, changed);
  });

  describe("a database instance", () => {
    const inputs = {
      allocatedStorage: 20,
      backupRetentionPeriod: 1,
      dbName: "wordpress",
      engine: "mariadb",
      engineVersion: "11.8",
      instanceClass: "db.t4g.micro",
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
      storageEncrypted: true,
      storageType: "gp3",
      tags: { Name: "wordpress" },
      username: "wordpress",
    };
    let made: Kept;

    before(async () => {
      made = await make(account.aws, instance, inputs);
    });

    it("has an id, an address and a managed password's secret", async () => {
      const { aws } = account;
      expect(made.id).to.match(/^db-[A-Z2-7]{26}$/);
      expect(made.state["endpoint"]).to.equal(`${textIn(made, "address")}:3306`);
      const secrets = made.state["masterUserSecrets"];
      expect(secrets).to.be.an("array").with.length(1);
      expect(JSON.stringify(secrets)).to.contain("arn:aws:secretsmanager:");
      await expectInStep(aws, made);
    });

    it("has a unique id", async () => {
      const { aws } = account;
      const other = await make(aws, instance, { ...inputs, identifier: "other" });
      expect(other.id).not.to.equal(made.id);
      await end(aws, other);
      await expectInStep(aws, made);
    });

    it("changes in place, including its identifier, and keeps its secret", async () => {
      const { aws } = account;
      const secrets = made.state["masterUserSecrets"];
      made = await change(aws, made, {
        ...inputs,
        applyImmediately: true,
        backupRetentionPeriod: 7,
        enabledCloudwatchLogsExports: ["error", "slowquery"],
        identifier: "renamed",
        instanceClass: "db.t4g.small",
        maxAllocatedStorage: 100,
        multiAz: true,
        tags: { Name: "renamed", Team: "web" },
      });
      await expectInStep(aws, made);
      expect(made.state["masterUserSecrets"]).to.deep.equal(secrets);
      made = await change(aws, made, {
        ...made.inputs,
        enabledCloudwatchLogsExports: ["slowquery"],
      });
      await expectInStep(aws, made);
    });

    it("stops its storage autoscaling", async () => {
      const { aws } = account;
      const { maxAllocatedStorage: maximum, ...without } = made.inputs;
      expect(maximum).to.equal(100);
      const fixed = await change(aws, made, without);
      await expectInStep(aws, fixed);
      made = await change(aws, fixed, made.inputs);
      await expectInStep(aws, made);
    });

    it("is replaced for another engine, user, database or encryption", () => {
      const other = { engine: "mysql", username: "root", dbName: "blog", storageEncrypted: false };
      expect(preview(made, { ...made.inputs, ...other }).replaced).to.deep.equal(Object.keys(other).sort());
    });

    it("shows changes outside of Pulumi, but not the growth of autoscaling", async () => {
      const { aws } = account;
      const rds = await aws.rds();
      const DBInstanceIdentifier = textIn(made, "identifier");
      await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 30, BackupRetentionPeriod: 3 });
      expect(await driftOf(aws, made)).to.deep.equal(["backupRetentionPeriod"]);
      made = await change(aws, (await refresh(aws, made)) ?? made, made.inputs);
      await expectInStep(aws, made);
    });

    it("is not deleted while it is protected", async () => {
      const { aws } = account;
      const protectedOne = await change(aws, made, { ...made.inputs, deletionProtection: true });
      expect(await rejectionOf(instance.delete(aws, protectedOne.id, protectedOne.state))).to.contain(
        "deletion protection",
      );
      made = await change(aws, protectedOne, { ...made.inputs, deletionProtection: false });
    });

    it("requires a name for its final snapshot, and creates it", async () => {
      const { aws } = account;
      made = await change(aws, made, { ...made.inputs, skipFinalSnapshot: false });
      expect(await rejectionOf(instance.delete(aws, made.id, made.state))).to.contain(
        "finalSnapshotIdentifier",
      );
      made = await change(aws, made, { ...made.inputs, finalSnapshotIdentifier: "last-one" });
      await end(aws, made);
      const answer = await (await aws.rds()).describeDBSnapshots({ DBSnapshotIdentifier: "last-one" });
      expect(answer.DBSnapshots?.[0]?.DBSnapshotIdentifier).to.equal("last-one");
    });
  });

  it("restore an instance from a snapshot, and then set what a restore does not", async () => {
    const { aws } = account;
    const rds = await aws.rds();
    const given = {
      allocatedStorage: 20,
      dbName: "blog",
      engine: "mariadb",
      engineVersion: "11.8",
      instanceClass: "db.t4g.micro",
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
      storageEncrypted: true,
      storageType: "gp3",
      username: "wordpress",
    };
    const source = await make(aws, instance, { ...given, multiAz: true, tags: { Name: "source" } });
    const snapshot = { DBInstanceIdentifier: textIn(source, "identifier"), DBSnapshotIdentifier: "before" };
    await rds.createDBSnapshot(snapshot);

    const { dbName, ...others } = given;
    expect(dbName).to.equal("blog");
    const inputs = {
      ...others,
      allocatedStorage: 30,
      backupRetentionPeriod: 7,
      backupWindow: "16:00-17:00",
      identifier: "restored",
      maintenanceWindow: "sun:18:00-sun:19:00",
      snapshotIdentifier: "before",
    };
    const restored = await make(aws, instance, inputs);
    await expectInStep(aws, restored);
    expect(restored.state).to.include({ dbName: "blog", multiAz: false, allocatedStorage: 30 });
    expect(restored.state["tagsAll"]).to.deep.equal({});
    expect(restored.state["masterUserSecrets"]).to.be.an("array").with.length(1);
    expect(restored.state["masterUserSecrets"]).not.to.deep.equal(source.state["masterUserSecrets"]);

    // As in the official provider: another snapshot replaces the instance, and none leaves it as it is.
    expect(preview(restored, { ...inputs, snapshotIdentifier: "other" }).replaced).to.deep.equal([
      "snapshotIdentifier",
    ]);
    const { snapshotIdentifier, ...without } = inputs;
    expect(snapshotIdentifier).to.equal("before");
    expect(preview(restored, without).changed).to.deep.equal([]);

    await end(aws, restored);
    await end(aws, source);
  });

  it("refuse everything that RDS refuses, all at once", () => {
    const problems = problemsOf(instance, {
      allocatedStorage: 20,
      backupRetentionPeriod: 36,
      engine: "mariadb",
      identifier: "9-lives",
      instanceClass: "db.t4g.micro",
      manageMasterUserPassword: true,
      maxAllocatedStorage: 10,
      password: "hunter2",
      username: "wordpress",
    });
    expect(problems.map(({ property }) => property)).to.have.members([
      "backupRetentionPeriod",
      "identifier",
      "maxAllocatedStorage",
      "password",
    ]);
    expect(JSON.stringify(problems)).not.to.contain("hunter2");
  });
});
