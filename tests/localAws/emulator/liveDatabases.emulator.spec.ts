import { RDS } from "@aws-sdk/client-rds";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";

import { z } from "../../../cli/json";
import { useEmulator } from "../../support/emulator";
import { clientsOf, makeNetwork, present, refusalOf } from "./fleet";
import { testRegion } from "./liveRegion";

describe("databases of an emulator with a live region", () => {
  const emulator = useEmulator();

  afterEach(() => emulator.api.detach("test"));

  async function open(settings: { readonly MultiAZ?: boolean } = {}) {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = clientsOf(config);
    const rds = new RDS(config);
    const network = await makeNetwork(clients);
    await rds.createDBSubnetGroup({
      DBSubnetGroupName: "data",
      DBSubnetGroupDescription: "data",
      SubnetIds: [...network.subnetIds],
    });
    await rds.createDBParameterGroup({
      DBParameterGroupName: "mariadb",
      DBParameterGroupFamily: "mariadb11.4",
      Description: "mariadb",
    });
    await emulator.api.attach("test");
    await rds.createDBInstance({
      DBInstanceIdentifier: "site",
      DBInstanceClass: "db.t4g.micro",
      Engine: "mariadb",
      EngineVersion: "11.4",
      AllocatedStorage: 20,
      DBSubnetGroupName: "data",
      DBParameterGroupName: "mariadb",
      VpcSecurityGroupIds: [network.groupId],
      MasterUsername: "wordpress",
      ManageMasterUserPassword: true,
      ...settings,
    });
    const region = testRegion(emulator.api, accountId);
    const described = async (id = "site") =>
      present((await rds.describeDBInstances({ DBInstanceIdentifier: id })).DBInstances?.[0]);
    return {
      ...clients,
      rds,
      network,
      region,
      described,
      secrets: new SecretsManager(config),
      status: async () => (await described()).DBInstanceStatus,
      reported: (state: "available" | "stopped" | "deleted" | "failed", id = "site") =>
        region.report({ ...region.at, kind: "database", id, state }),
      world: async (id = "site") =>
        present((await region.place()).databases.find((database) => database.id === id)),
      messages: async () => {
        const { Events = [] } = await rds.describeEvents({
          SourceIdentifier: "site",
          SourceType: "db-instance",
        });
        return Events.map(({ Message }) => Message);
      },
    };
  }

  it("are created, stopped, started, rebooted and deleted when the region reports it", async () => {
    const { ec2, rds, network, reported, status, region, world } = await open();
    expect(await status()).to.equal("creating");
    await reported("available");
    expect(await status()).to.equal("available");

    await rds.stopDBInstance({ DBInstanceIdentifier: "site" });
    expect(await status()).to.equal("stopping");
    await reported("available");
    expect(await status()).to.equal("stopping");
    await reported("stopped");
    await rds.startDBInstance({ DBInstanceIdentifier: "site" });
    expect(await status()).to.equal("starting");
    await reported("available");

    await rds.rebootDBInstance({ DBInstanceIdentifier: "site" });
    expect(await status()).to.equal("rebooting");
    expect(await world()).to.include({ reboots: 1, failovers: 0 });
    await reported("available");

    await rds.deleteDBInstance({ DBInstanceIdentifier: "site", SkipFinalSnapshot: true });
    expect(await status()).to.equal("deleting");
    expect((await world()).masterPassword).to.have.length(28);
    const again = rds.deleteDBInstance({ DBInstanceIdentifier: "site", SkipFinalSnapshot: true });
    expect((await refusalOf(again)).name).to.match(/^InvalidDBInstanceState/);
    const Filters = [{ Name: "vpc-id", Values: [network.vpcId] }];
    const interfaces = async () => (await ec2.describeNetworkInterfaces({ Filters })).NetworkInterfaces ?? [];
    expect((await interfaces()).map(({ Description }) => Description)).to.deep.equal(["RDSNetworkInterface"]);
    await reported("deleted");
    expect((await refusalOf(status())).name).to.match(/^DBInstanceNotFound/);
    expect(await interfaces()).to.deep.equal([]);
    expect((await region.place()).databases).to.deep.equal([]);
  });

  it("have a password of their own, which a rotation replaces", async () => {
    const { rds, secrets, reported, world, described } = await open();
    await reported("available");
    const SecretId = present((await described()).MasterUserSecret?.SecretArn);
    const value = async (VersionStage = "AWSCURRENT") => {
      const { SecretString = "" } = await secrets.getSecretValue({ SecretId, VersionStage });
      return z.strictObject({ username: z.string(), password: z.string() }).parse(JSON.parse(SecretString));
    };
    const first = await value();
    expect(first.username).to.equal("wordpress");
    expect(first.password)
      .to.match(/^[!-~]{28}$/)
      .and.not.match(/[/@" ]/);
    expect((await world()).masterPassword).to.equal(first.password);

    await secrets.rotateSecret({ SecretId });
    const second = await value();
    expect(second.password).to.not.equal(first.password);
    expect(await value("AWSPREVIOUS")).to.deep.equal(first);
    expect((await world()).masterPassword).to.equal(second.password);

    await rds.modifyDBInstance({
      DBInstanceIdentifier: "site",
      RotateMasterUserPassword: true,
      ApplyImmediately: true,
    });
    expect((await value()).password).to.not.equal(second.password);

    const { world: other } = await open();
    expect((await other()).masterPassword).to.not.equal((await value()).password);
  });

  it("swap zones and keep their address in a failover, which needs Multi-AZ", async () => {
    const { rds, reported, world, messages } = await open({ MultiAZ: true });
    await reported("available");
    const before = await world();
    expect([before.zone, before.secondaryZone]).to.deep.equal(["us-east-1a", "us-east-1b"]);
    await rds.rebootDBInstance({ DBInstanceIdentifier: "site", ForceFailover: true });
    await reported("available");
    const after = await world();
    expect([after.zone, after.secondaryZone]).to.deep.equal(["us-east-1b", "us-east-1a"]);
    expect(after).to.include({ reboots: 1, failovers: 1 });
    expect(after.interface).to.deep.equal(before.interface);
    expect(await messages()).to.include.members([
      "Multi-AZ instance failover started.",
      "DB instance restarted",
      "Multi-AZ instance failover completed",
    ]);

    const single = await open();
    await single.reported("available");
    const failover = single.rds.rebootDBInstance({ DBInstanceIdentifier: "site", ForceFailover: true });
    expect((await refusalOf(failover)).name).to.match(/^InvalidParameterCombination/);
  });

  it("use a parameter at once, or after a reboot when the change says so", async () => {
    const { rds, reported, world, described } = await open();
    await reported("available");
    const change = (
      ParameterName: string,
      ParameterValue: string,
      ApplyMethod: "immediate" | "pending-reboot",
    ) =>
      rds.modifyDBParameterGroup({
        DBParameterGroupName: "mariadb",
        Parameters: [{ ParameterName, ParameterValue, ApplyMethod }],
      });
    const status = async () => (await described()).DBParameterGroups?.[0]?.ParameterApplyStatus;
    await change("slow_query_log", "1", "immediate");
    expect((await world()).parameters).to.deep.equal({ slow_query_log: "1" });
    expect(await status()).to.equal("in-sync");
    await change("max_connections", "50", "pending-reboot");
    expect((await world()).parameters).to.deep.equal({ slow_query_log: "1" });
    expect(await status()).to.equal("pending-reboot");
    await rds.rebootDBInstance({ DBInstanceIdentifier: "site" });
    expect((await world()).parameters).to.deep.equal({ slow_query_log: "1", max_connections: "50" });
    expect(await status()).to.equal("in-sync");
  });

  it("are restored from a snapshot that the region took", async () => {
    const { rds, region, reported, world } = await open();
    await reported("available");
    await rds.createDBSnapshot({ DBInstanceIdentifier: "site", DBSnapshotIdentifier: "before" });
    const status = async () => {
      const { DBSnapshots } = await rds.describeDBSnapshots({ DBSnapshotIdentifier: "before" });
      return DBSnapshots?.[0]?.Status;
    };
    expect(await status()).to.equal("creating");
    expect((await region.place()).databaseSnapshots).to.deep.equal([
      { id: "before", databaseResourceId: (await world()).resourceId, state: "creating" },
    ]);
    await region.report({ ...region.at, kind: "databaseSnapshot", id: "before", state: "available" });
    expect(await status()).to.equal("available");

    await rds.restoreDBInstanceFromDBSnapshot({
      DBInstanceIdentifier: "copy",
      DBSnapshotIdentifier: "before",
      DBSubnetGroupName: "data",
    });
    expect(await world("copy")).to.include({ state: "creating", fromSnapshotId: "before" });
    expect((await world("copy")).resourceId).to.not.equal((await world()).resourceId);
  });

  it("fail and recover as the region reports", async () => {
    const { reported, status, messages } = await open();
    await reported("available");
    await reported("failed");
    expect(await status()).to.equal("failed");
    await reported("available");
    expect(await status()).to.equal("available");
    expect(await messages()).to.include("The DB instance has failed");
  });

  it("get the states that they were going to when the region's lease ends", async () => {
    const { rds, status } = await open();
    await emulator.api.detach("test");
    expect(await status()).to.equal("available");
    await emulator.api.attach("test");
    await rds.deleteDBInstance({ DBInstanceIdentifier: "site", SkipFinalSnapshot: true });
    await emulator.api.detach("test");
    expect((await refusalOf(status())).name).to.match(/^DBInstanceNotFound/);
  });
});
