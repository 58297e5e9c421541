import { z } from "zod";

import { inPlace, replaces } from "../settings/afterUp";
import { flag, oneOf, text, wholeNumber } from "../settings/kinds";
import { logRetentionDays } from "../settings/logRetention";
import { tags } from "../settings/tags";
import { isReservedName } from "./reservedWords";
import { leastGrownGiB } from "./storage";
import { backupWindow, maintenanceWindow, overlap } from "./windows";

const databaseNameAllowed =
  "1 to 64 letters, digits or _, a letter first; no reserved word of MariaDB and no database of its own, e.g. mysql";

/** What a person may choose about the database; {@link DatabaseArgs} adds what comes from elsewhere. */
export const databaseSettings = z
  .strictObject(
    {
      engineVersion: oneOf(["10.11", "11.4", "11.8"])
        .default("11.8")
        .describe("MariaDB's major version, quoted; RDS picks the newest minor one and keeps it current.")
        .meta(
          replaces(
            { "aws:rds/parameterGroup:ParameterGroup": "the parameter group (nothing is lost)" },
            {
              note: "the database is away for minutes while RDS upgrades it",
              refused:
                "a lower version, as RDS cannot go back: restore a snapshot instead; a higher one while applyChanges is maintenanceWindow",
            },
          ),
        ),
      instanceClass: text(
        /db\.[a-z]+\d+[a-z]*\.(?:micro|small|medium|large|\d{0,2}xlarge)/,
        "an RDS instance class in lower case, e.g. db.t4g.micro",
      )
        .default("db.t4g.micro")
        .describe("RDS instance class; db.t4g.micro is about $12 a month.")
        .meta(inPlace({ note: "the database restarts" })),
      allocatedStorageGiB: wholeNumber({ min: 20, max: 65_536, unit: "GiB" })
        .default(20)
        .describe("Storage, in GiB.")
        .meta(
          inPlace({
            note: "RDS takes the next change of storage 6 hours later",
            refused:
              "a smaller size, as RDS cannot shrink storage: make a second database and move the content; growth by less than a tenth",
          }),
        ),
      maxAllocatedStorageGiB: wholeNumber({ min: 22, max: 65_536, unit: "GiB" })
        .optional()
        .describe("How far RDS may grow the storage by itself, in GiB; not at all when left out.")
        .meta(inPlace()),
      storageType: oneOf(["gp2", "gp3"])
        .default("gp3")
        .describe("Kind of disk; a Learner Lab allows only gp2.")
        .meta(inPlace({ note: "RDS takes the next change of storage 6 hours later" })),
      applyChanges: oneOf(["immediately", "maintenanceWindow"])
        .default("immediately")
        .describe(
          "When RDS applies a change of class, storage, standby or certificate authority: `immediately`, at which the database may restart, or in the next `maintenanceWindow`; until then each preview shows the change.",
        )
        .meta(inPlace({ note: "`immediately` also applies what waits for the window" })),
      maintenanceWindow: maintenanceWindow()
        .optional()
        .describe(
          "When RDS may restart the database to keep it current, each week in UTC; at a time that RDS picks when left out.",
        )
        .meta(inPlace({ note: "left out again, RDS keeps the last one" })),
      backupWindow: backupWindow()
        .optional()
        .describe("When RDS makes the daily backup, in UTC; at a time that RDS picks when left out.")
        .meta(inPlace({ note: "left out again, RDS keeps the last one" })),
      logRetentionDays: logRetentionDays()
        .default(14)
        .describe("How long the logs of errors and slow statements are kept, in days.")
        .meta(inPlace()),
      multiAz: flag()
        .default(false)
        .describe("A standby in the other zone, at twice the price.")
        .meta(inPlace()),
      deletionProtection: flag()
        .default(false)
        .describe(
          "Refuse to delete or replace the database: AWS does, and Pulumi before anything is changed. The stack refuses `pulumi destroy`.",
        )
        .meta(inPlace()),
      backupRetentionDays: wholeNumber({ min: 0, max: 35, unit: "days" })
        .default(1)
        .describe("How long daily backups are kept, in days; 0 keeps none.")
        .meta(inPlace({ note: "to and from 0 the database restarts" })),
      finalSnapshot: flag()
        .default(false)
        .describe("Take a snapshot before the database is deleted.")
        .meta(inPlace()),
      databaseName: text(/[A-Za-z][A-Za-z0-9_]{0,63}/, databaseNameAllowed)
        .refine((name) => !isReservedName(name), { error: databaseNameAllowed })
        .default("wordpress")
        .describe("Name of the schema that WordPress uses.")
        .meta(
          replaces(
            {
              "aws:rds/instance:Instance": "the database (its content is lost, but for a final snapshot)",
              "aws:cloudwatch/logGroup:LogGroup": "its log groups (their logs are lost)",
            },
            {
              newServers: true,
              note: "refused while `deletionProtection` is true: set it to false in an `up` of its own first",
            },
          ),
        ),
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
        message: `${String(least)} GiB or more (a tenth above allocatedStorageGiB), or left out`,
      });
    }
    const { maintenanceWindow: maintenance, backupWindow: backup } = database;
    if (maintenance !== undefined && backup !== undefined && overlap(maintenance, backup)) {
      context.addIssue({
        code: "custom",
        path: ["backupWindow"],
        message: `a time outside of maintenanceWindow (${maintenance}), as RDS refuses windows that overlap`,
      });
    }
  });

export type DatabaseSettings = z.output<typeof databaseSettings>;

/** The settings and what the rest of the program knows better than a person. */
export const databaseArgs = databaseSettings.safeExtend({
  tags: tags().default({}).describe("Tags of everything that can have some."),
});
