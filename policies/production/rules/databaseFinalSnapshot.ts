import { isSet } from "../../support/isSet";
import { resourceRule } from "../../support/rule";
import { onDatabases } from "../../support/views/databases";

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
  onDatabases(function* ({ skipFinalSnapshot, isReplica }, _values, { props }) {
    if (skipFinalSnapshot === undefined || isReplica) return;
    const value = skipFinalSnapshot.value();
    if (value === true) {
      yield { at: skipFinalSnapshot.at, value, allowed: "false" };
    } else if (!isSet(props, "finalSnapshotIdentifier")) {
      // Without a name the deletion fails.
      yield { at: "finalSnapshotIdentifier", value: undefined, allowed: "a name for the snapshot" };
    }
  }),
);
