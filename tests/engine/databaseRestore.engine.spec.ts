import { expect } from "chai";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** A live stack gets the content of a snapshot: RDS creates a second database, and the stack moves to it. */
describe("a live stack's database that is restored from a snapshot", () => {
  let local: LocalRun;
  let aws: AwsClients;
  let settings = "databaseName: blog, finalSnapshot: true";

  before(async () => {
    local = await openLocalRun();
    await local.change("local", "config:", `config:\n  wordpress:database: { ${settings} }`);
    aws = awsClients(targetOf(succeeded(await local.run("up"))));
  });
  after(async () => {
    await local.close();
  });

  const set = async (wanted: string) => {
    await local.change("local", `{ ${settings} }`, `{ ${wanted} }`);
    settings = wanted;
  };
  const database = async () => {
    const { DBInstances = [] } = await (await aws.rds()).describeDBInstances({});
    expect(DBInstances).to.have.length(1);
    return DBInstances[0];
  };
  const snapshots = async () => {
    const { DBSnapshots = [] } = await (await aws.rds()).describeDBSnapshots({ SnapshotType: "manual" });
    return DBSnapshots.map(({ DBSnapshotIdentifier: name = "" }) => name);
  };
  const logGroups = async () => {
    const logs = await aws.cloudWatchLogs();
    const { logGroups: found = [] } = await logs.describeLogGroups({ logGroupNamePrefix: "/aws/rds/" });
    return found.map(({ logGroupName }) => logGroupName);
  };
  const refused = async () => {
    const { status, facts } = await local.run("up");
    expect(status).to.equal(1);
    return facts.errors.map(({ message }) => message).join("\n");
  };

  it("is refused before any change when the snapshot does not exist or does not fit", async () => {
    const before = settings;
    const first = await database();
    await set("restoreFrom: before, finalSnapshot: true");
    expect(await refused()).to.include("The snapshot before must exist");
    const rds = await aws.rds();
    const DBInstanceIdentifier = first?.DBInstanceIdentifier;
    await rds.createDBSnapshot({ DBInstanceIdentifier, DBSnapshotIdentifier: "before" });
    await set("restoreFrom: before, allocatedStorageGiB: 21, engineVersion: '11.4', finalSnapshot: true");
    const reasons = await refused();
    expect(reasons).to.include("database.engineVersion").and.to.include("database.allocatedStorageGiB");
    expect((await database())?.DbiResourceId).to.equal(first?.DbiResourceId);
    await set(before);
  });

  it("serves from the new database, and leaves a final snapshot of the old one", async () => {
    const before = await database();
    await set("restoreFrom: before, finalSnapshot: true");
    const facts = succeeded(await local.run("up"));
    const after = await database();
    expect(after?.DbiResourceId).not.to.equal(before?.DbiResourceId);
    expect(after?.DBInstanceIdentifier).not.to.equal(before?.DBInstanceIdentifier);
    // The schema's name is the snapshot's, not the setting's.
    expect(after).to.include({ DBName: "blog", BackupRetentionPeriod: 1, MultiAZ: false });
    expect(after?.MasterUserSecret?.SecretArn).to.be.a("string");
    expect(after?.MasterUserSecret?.SecretArn).not.to.equal(before?.MasterUserSecret?.SecretArn);
    expect(facts.outputs["databaseAddress"]).to.equal(after?.Endpoint?.Address);
    expect(await logGroups()).to.deep.equal(
      ["error", "slowquery"].map((type) => `/aws/rds/instance/${after?.DBInstanceIdentifier ?? ""}/${type}`),
    );
    expect(await snapshots()).to.have.length(2);
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
  });

  it("stays as it is when its snapshot is deleted", async () => {
    await (await aws.rds()).deleteDBSnapshot({ DBSnapshotIdentifier: "before" });
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
  });

  it("does not become an empty database when the setting is removed", async () => {
    const before = settings;
    await set("finalSnapshot: true");
    expect(await refused()).to.match(/database\.restoreFrom[^]*before, because the live database/);
    await set(before);
  });

  it("goes back to the final snapshot of the old database", async () => {
    const [old = ""] = await snapshots();
    await set(`restoreFrom: ${old}, finalSnapshot: true`);
    succeeded(await local.run("up"));
    expect(await database()).to.include({ DBName: "blog" });
    expect(await snapshots()).to.have.length(2);
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
  });
});
