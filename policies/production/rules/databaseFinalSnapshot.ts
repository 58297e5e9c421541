import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";

/** Automatic backups go with the database; a final snapshot stays. */
export const databaseFinalSnapshot = resourceRule(
  {
    name: "database-final-snapshot",
    displayName: "Database leaves a final snapshot",
    description: "A database that is deleted leaves a snapshot behind.",
    why: "Its automatic backups are deleted together with it. The final snapshot is what is left when deleting it was the mistake.",
    severity: "medium",
    fix: "Set skipFinalSnapshot to false and give finalSnapshotIdentifier.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:rds/instance:Instance", function* (database) {
      if (!isSet(database, "replicateSourceDb")) yield* judge(database);
    }),
    on("aws:rds/cluster:Cluster", judge),
  ],
);

interface Snapshot {
  readonly skipFinalSnapshot?: boolean | undefined;
}

function* judge(database: Snapshot): Iterable<Finding> {
  const { skipFinalSnapshot } = database;
  if (skipFinalSnapshot === true) {
    yield { at: "skipFinalSnapshot", value: skipFinalSnapshot, allowed: "false" };
  } else if (!isSet(database, "finalSnapshotIdentifier")) {
    // Without a name the deletion fails, and the database is not deleted at all.
    yield { at: "finalSnapshotIdentifier", value: undefined, allowed: "a name for the snapshot" };
  }
}
