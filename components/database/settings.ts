import { z } from "zod";

import { inPlace, replaces } from "../settings/afterUp";
import { flag, oneOf, text, wholeNumber } from "../settings/kinds";
import { logRetentionDays } from "../settings/logRetention";
import { omitted } from "../settings/stated";
import { tags } from "../settings/tags";
import { isReservedName } from "./reservedWords";
import { snapshotName } from "./snapshotName";
import { leastGrownGiB } from "./storage";
import { backupWindow, maintenanceWindow, overlap } from "./windows";

const databaseNameAllowed =
  "1 to 64 letters, digits or _, a letter first; no reserved word of MariaDB and no database that every instance has, e.g. mysql";

const keepsWindow = "when the setting is removed, RDS keeps the last window";

/** A stack's settings of the database. {@link DatabaseArgs} adds what other resources provide. */
export const databaseSettings = z
  .strictObject(
    {
      engineVersion: oneOf(["10.11", "11.4", "11.8"])
        .default("11.8")
        .describe("Major version of MariaDB. RDS installs the newest minor version and keeps it current.")
        .meta(
          replaces(
            { "aws:rds/parameterGroup:ParameterGroup": "the parameter group (nothing is lost)" },
            {
              note: "the database is unavailable for minutes while RDS upgrades it",
              refused:
                "a lower version, because RDS cannot downgrade: restore a snapshot instead; a higher version while `applyChanges` is `maintenanceWindow`",
            },
          ),
        ),
      instanceClass: text(
        /db\.[a-z]+\d+[a-z]*\.(?:micro|small|medium|large|\d{0,2}xlarge)/,
        "an RDS instance class in lower case, e.g. db.t4g.micro",
      )
        .default("db.t4g.micro")
        .describe("RDS instance class. db.t4g.micro costs about $12 a month.")
        .meta(inPlace({ note: "the database restarts" })),
      allocatedStorageGiB: wholeNumber({ min: 20, max: 65_536, unit: "GiB" })
        .default(20)
        .describe("Size of the storage.")
        .meta(
          inPlace({
            note: "RDS accepts the next change of storage 6 hours later",
            refused:
              "a smaller size, because RDS cannot shrink storage: create a second database and move the content; growth by less than a tenth",
          }),
        ),
      maxAllocatedStorageGiB: wholeNumber({ min: 22, max: 65_536, unit: "GiB" })
        .optional()
        .describe("Size up to which RDS grows the storage automatically.")
        .meta({ ...inPlace(), ...omitted("RDS does not grow the storage") }),
      storageType: oneOf(["gp2", "gp3"])
        .default("gp3")
        .describe("Storage type. A Learner Lab allows only gp2.")
        .meta(inPlace({ note: "RDS accepts the next change of storage 6 hours later" })),
      applyChanges: oneOf(["immediately", "maintenanceWindow"])
        .default("immediately")
        .describe(
          "When RDS applies a change of class, storage, standby or certificate authority: `immediately`, which may restart the database, or in the next `maintenanceWindow`. Until then each preview shows the change.",
        )
        .meta(inPlace({ note: "`immediately` also applies the changes that wait for the window" })),
      maintenanceWindow: maintenanceWindow()
        .optional()
        .describe("When RDS may restart the database for maintenance: a window in each week, in UTC.")
        .meta({ ...inPlace({ note: keepsWindow }), ...omitted("a window that RDS chooses") }),
      backupWindow: backupWindow()
        .optional()
        .describe("When RDS makes the daily backup: a window in each day, in UTC.")
        .meta({ ...inPlace({ note: keepsWindow }), ...omitted("a window that RDS chooses") }),
      logRetentionDays: logRetentionDays()
        .default(14)
        .describe("How long CloudWatch Logs keeps the logs of errors and slow statements.")
        .meta(inPlace()),
      multiAz: flag()
        .default(false)
        .describe("Whether the database has a standby in the other zone. It doubles the price.")
        .meta(inPlace()),
      deletionProtection: flag()
        .default(false)
        .describe(
          "Whether AWS refuses to delete the database, and Pulumi refuses to delete or replace it before it changes anything. With it, the whole stack refuses `pulumi destroy`.",
        )
        .meta(inPlace()),
      backupRetentionDays: wholeNumber({ min: 0, max: 35, unit: "days" })
        .default(1)
        .describe("How long RDS keeps daily backups. With 0, it makes none.")
        .meta(inPlace({ note: "to and from 0, the database restarts" })),
      finalSnapshot: flag()
        .default(false)
        .describe("Whether RDS takes a snapshot before it deletes the database.")
        .meta(inPlace()),
      databaseName: text(/[A-Za-z][A-Za-z0-9_]{0,63}/, databaseNameAllowed)
        .refine((name) => !isReservedName(name), { error: databaseNameAllowed })
        .default("wordpress")
        .describe("Name of the MariaDB database (schema) that WordPress uses.")
        .meta(
          replaces(
            {
              "aws:rds/instance:Instance": "the database (its content is lost, except for a final snapshot)",
              "aws:cloudwatch/logGroup:LogGroup": "its log groups (their logs are lost)",
            },
            {
              newServers: true,
              note: "refused while `deletionProtection` is true: first set that to false in a separate `up`; no effect with `restoreFrom`",
            },
          ),
        ),
      restoreFrom: snapshotName()
        .optional()
        .describe(
          "The snapshot from which RDS creates the database, with the content, the users and the schema's name of the snapshot. Keep the setting afterwards: it states where the database came from.",
        )
        .meta({
          ...replaces(
            {
              "aws:rds/instance:Instance": "the database (its content is lost, except for a final snapshot)",
              "aws:cloudwatch/logGroup:LogGroup": "its log groups (their logs are lost)",
            },
            {
              newServers: true,
              note: "the old database serves until the new one exists and the new servers are healthy; to go back, name the old database's final snapshot",
              refused:
                "removal, because the database would then have another identifier; a snapshot that does not exist or does not fit `engineVersion` and `allocatedStorageGiB`; any change while `deletionProtection` is true: first set that to false in a separate `up`",
            },
          ),
          ...omitted("an empty database"),
        }),
    },
    { error: "settings of the database, as name: value" },
  )
  .superRefine((database, context) => {
    const { allocatedStorageGiB, maxAllocatedStorageGiB } = database;
    const least = leastGrownGiB(allocatedStorageGiB);
    if (maxAllocatedStorageGiB !== undefined && maxAllocatedStorageGiB < least) {
      context.addIssue({
        code: "custom",
        path: ["maxAllocatedStorageGiB"],
        message: `${String(least)} GiB or more (a tenth above allocatedStorageGiB), or omitted`,
      });
    }
    const { maintenanceWindow: maintenance, backupWindow: backup } = database;
    if (maintenance !== undefined && backup !== undefined && overlap(maintenance, backup)) {
      context.addIssue({
        code: "custom",
        path: ["backupWindow"],
        message: `a time outside of maintenanceWindow (${maintenance}), because RDS refuses windows that overlap`,
      });
    }
  });

/** The settings, and what the rest of the program decides. */
export const databaseArgs = databaseSettings.safeExtend({
  tags: tags().default({}).describe("Tags of every resource that takes tags."),
});
