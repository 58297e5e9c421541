import { awsClients, type AwsTarget } from "../../localAws/providers/aws/clients";

/** A snapshot of an earlier database in the account, of the default version and size. */
export const earlierSnapshot = "earlier";

/** Creates the snapshot, unless the account has it for another stack. Its database does not remain. */
export async function createEarlierSnapshot(target: AwsTarget): Promise<void> {
  const rds = await awsClients(target).rds();
  const { DBSnapshots = [] } = await rds.describeDBSnapshots({});
  if (DBSnapshots.some(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier === earlierSnapshot)) return;
  const DBInstanceIdentifier = "earlier";
  await rds.createDBInstance({
    DBInstanceIdentifier,
    DBInstanceClass: "db.t4g.micro",
    Engine: "mariadb",
    EngineVersion: "11.8",
    AllocatedStorage: 20,
    StorageType: "gp3",
    StorageEncrypted: true,
    DBName: "wordpress",
    MasterUsername: "wordpress",
    MasterUserPassword: "only-in-the-emulator",
  });
  await rds.deleteDBInstance({ DBInstanceIdentifier, FinalDBSnapshotIdentifier: earlierSnapshot });
}
