import { expect } from "chai";

import { emulatorApi } from "../../localAws/emulator";
import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** Changes of a live database. The emulator's RDS refuses the same changes as AWS's. */
describe("a live stack's database", () => {
  let local: LocalRun;
  let aws: AwsClients;
  let settings = "engineVersion: '10.11', finalSnapshot: true";

  before(async () => {
    local = await openLocalRun();
    await local.change("local", "config:", `config:\n  wordpress:database: { ${settings} }`);
    aws = awsClients(targetOf(succeeded(await local.run("up"))));
  });
  after(async () => {
    await local.close();
  });

  /** Changes the database's settings. */
  const set = async (wanted: string) => {
    await local.change("local", `{ ${settings} }`, `{ ${wanted} }`);
    settings = wanted;
  };
  const rds = async () => aws.rds();
  const database = async () => {
    const { DBInstances = [] } = await (await rds()).describeDBInstances({});
    expect(DBInstances).to.have.length(1);
    return DBInstances[0];
  };
  const families = async () => {
    const { DBParameterGroups = [] } = await (await rds()).describeDBParameterGroups({});
    return DBParameterGroups.map(({ DBParameterGroupFamily }) => DBParameterGroupFamily);
  };
  const snapshots = async () =>
    (await (await rds()).describeDBSnapshots({ SnapshotType: "manual" })).DBSnapshots ?? [];
  const logGroups = async () => {
    const { logGroups: found = [] } = await (
      await aws.cloudWatchLogs()
    ).describeLogGroups({ logGroupNamePrefix: "/aws/rds/" });
    return found.map(({ logGroupName, retentionInDays }) => ({ logGroupName, retentionInDays }));
  };

  it("upgrades to another major version in place, with a parameter group of that version", async () => {
    const before = await database();
    await set("engineVersion: '11.8', finalSnapshot: true");
    const { changes } = succeeded(await local.run("up"));
    expect(changes).to.include({ replaced: 1, updated: 1 });
    const after = await database();
    expect(after?.DbiResourceId).to.equal(before?.DbiResourceId);
    expect(after?.EngineVersion).to.match(/^11\.8\./);
    expect(await families()).to.deep.equal(["mariadb11.8"]);
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
  });

  for (const [what, wanted, reason] of [
    ["an older version", "engineVersion: '11.4', finalSnapshot: true", "11.8 or newer"],
    ["a tiny growth", "allocatedStorageGiB: 21, finalSnapshot: true", "22 and more"],
  ] as const) {
    it(`refuses ${what} before it changes anything`, async () => {
      const before = settings;
      await set(wanted);
      const { status, facts } = await local.run("up");
      expect(status).to.equal(1);
      expect(facts.errors.map(({ message }) => message).join("\n")).to.include(reason);
      await set(before);
    });
  }

  it("applies changes at once", async () => {
    await set("instanceClass: db.t4g.small, multiAz: true, finalSnapshot: true");
    succeeded(await local.run("up"));
    expect(await database()).to.include({ DBInstanceClass: "db.t4g.small", MultiAZ: true });
  });

  it("applies changes in the maintenance window when the settings ask for it", async () => {
    await set(
      "applyChanges: maintenanceWindow, maintenanceWindow: 'sun:18:00-sun:19:00', finalSnapshot: true",
    );
    succeeded(await local.run("up"));
    const found = await database();
    expect(found).to.include({
      DBInstanceClass: "db.t4g.small",
      PreferredMaintenanceWindow: "sun:18:00-sun:19:00",
    });
    expect(found?.PendingModifiedValues).to.include({ DBInstanceClass: "db.t4g.micro", MultiAZ: false });
    await set("finalSnapshot: true");
    succeeded(await local.run("up"));
    expect(await database()).to.include({ DBInstanceClass: "db.t4g.micro", MultiAZ: false });
  });

  it("is replaced twice and then destroyed, each time with a separate snapshot and separate log groups", async () => {
    for (const databaseName of ["one", "wordpress"]) {
      await set(`databaseName: ${databaseName}, finalSnapshot: true`);
      succeeded(await local.run("up"));
      const found = await database();
      expect(found?.DBName).to.equal(databaseName);
      const identifier = found?.DBInstanceIdentifier ?? "";
      expect(await logGroups()).to.deep.equal(
        ["error", "slowquery"].map((type) => ({
          logGroupName: `/aws/rds/instance/${identifier}/${type}`,
          retentionInDays: 14,
        })),
      );
      expect(succeeded(await local.run("up")).changes).to.deep.equal({});
    }
    expect(await snapshots()).to.have.length(2);
    for (const { DBSnapshotIdentifier } of await snapshots())
      await (await rds()).deleteDBSnapshot({ DBSnapshotIdentifier });
    const facts = succeeded(await local.run("down"));
    expect(facts).to.deep.include({ resources: 0, left: [] });
    const { endpoint, accountId } = targetOf(facts);
    expect(await emulatorApi(endpoint).resources(accountId)).to.deep.equal([]);
  });
});
