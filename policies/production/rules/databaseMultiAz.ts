import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";

export const databaseMultiAz = resourceRule(
  {
    name: "database-multi-az",
    displayName: "Database with a standby",
    description: "A database has a standby in another Availability Zone.",
    why: "When its zone fails, a database without a standby is unavailable until the zone recovers or a backup is restored. A standby takes over in a minute or two, at the same address.",
    severity: "high",
    topics: ["availability"],
    fix: "Set multiAz to true; for a cluster, name several availabilityZones.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
    counterparts: { fsbp: ["RDS.5", "RDS.15"], checkov: ["CKV_AWS_157"], cdkNag: ["AwsSolutions-RDS3"] },
    settings: {},
  },
  [
    on("aws:rds/instance:Instance", function* (database) {
      const { multiAz } = database;
      // A replica is already a copy.
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
