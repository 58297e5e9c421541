import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";

export const databaseFinalSnapshot = resourceRule(
  {
    name: "database-final-snapshot",
    displayName: "Final snapshot of the database",
    description: "A database creates a final snapshot when it is deleted.",
    why: "AWS deletes the automatic backups with the database. The final snapshot is then the only copy.",
    severity: "medium",
    topics: ["backup"],
    fix: "Set skipFinalSnapshot to false, and set finalSnapshotIdentifier.",
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
    // Without a name the deletion fails.
    yield { at: "finalSnapshotIdentifier", value: undefined, allowed: "a name for the snapshot" };
  }
}
