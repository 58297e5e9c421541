import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";

/** The database is the one part that a group cannot start anew. */
export const databaseMultiAz = resourceRule(
  {
    name: "database-multi-az",
    displayName: "Database with a standby",
    description: "A database has a standby in another Availability Zone.",
    why: "When its zone fails, a database without a standby is gone until the zone is back or a backup is restored. With one, the standby takes over in a minute or two, at the same address.",
    severity: "high",
    fix: "Set multiAz to true; for a cluster, name several availabilityZones.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
    counterparts: { fsbp: ["RDS.5", "RDS.15"], checkov: ["CKV_AWS_157"], cdkNag: ["AwsSolutions-RDS3"] },
    settings: {},
  },
  [
    on("aws:rds/instance:Instance", function* (database) {
      const { multiAz } = database;
      // A replica is a copy already.
      if (multiAz !== true && !isSet(database, "replicateSourceDb")) {
        yield { at: "multiAz", value: multiAz, allowed: "true" };
      }
    }),
    on("aws:rds/cluster:Cluster", function* ({ availabilityZones }) {
      if ((availabilityZones ?? []).length < 2) {
        yield { at: "availabilityZones", value: availabilityZones, allowed: "at least two zones" };
      }
    }),
  ],
);
