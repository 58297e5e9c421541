import type { LogRetentionDays } from "../settings/logRetention";

// Generated from settings.ts by `npm run docs`; change that file, not this one.

/** The settings of the database. All are optional. */
export interface DatabaseOptions {
  /**
   * Major version of MariaDB. RDS installs the newest minor version and keeps it current.
   *
   * - Range: one of 10.11, 11.4, 11.8
   * @default "11.8"
   */
  readonly engineVersion?: "10.11" | "11.4" | "11.8" | undefined;

  /**
   * RDS instance class. db.t4g.micro costs about $12 a month.
   *
   * - Range: an RDS instance class in lower case, e.g. db.t4g.micro
   * @default "db.t4g.micro"
   */
  readonly instanceClass?: string | undefined;

  /**
   * Size of the storage.
   *
   * - Unit: GiB
   * - Range: a whole number of GiB from 20 to 65536
   * @default 20
   */
  readonly allocatedStorageGiB?: number | undefined;

  /**
   * Size up to which RDS grows the storage automatically.
   *
   * - Unit: GiB
   * - Range: a whole number of GiB from 22 to 65536
   * @default RDS does not grow the storage
   */
  readonly maxAllocatedStorageGiB?: number | undefined;

  /**
   * Storage type. A Learner Lab allows only gp2.
   *
   * - Range: one of gp2, gp3
   * @default "gp3"
   */
  readonly storageType?: "gp2" | "gp3" | undefined;

  /**
   * When RDS applies a change of class, storage, standby or certificate authority: `immediately`, which
   * may restart the database, or in the next `maintenanceWindow`. Until then each preview shows the
   * change.
   *
   * - Range: one of immediately, maintenanceWindow
   * @default "immediately"
   */
  readonly applyChanges?: "immediately" | "maintenanceWindow" | undefined;

  /**
   * When RDS may restart the database for maintenance: a window in each week, in UTC.
   *
   * - Range: 30 minutes or more of a week in UTC, less than a day, e.g. sun:18:00-sun:19:00
   * @default a window that RDS chooses
   */
  readonly maintenanceWindow?: string | undefined;

  /**
   * When RDS makes the daily backup: a window in each day, in UTC.
   *
   * - Range: 30 minutes or more of a day in UTC, e.g. 16:00-17:00
   * @default a window that RDS chooses
   */
  readonly backupWindow?: string | undefined;

  /**
   * How long CloudWatch Logs keeps the logs of errors and slow statements.
   *
   * - Unit: days
   * - Range: days, one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
   *   2192, 2557, 2922, 3288, 3653
   * @default 14
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;

  /**
   * Whether the database has a standby in the other zone. It doubles the price.
   *
   * - Range: true or false
   * @default false
   */
  readonly multiAz?: boolean | undefined;

  /**
   * Whether AWS refuses to delete the database, and Pulumi refuses to delete or replace it before it
   * changes anything. With it, the whole stack refuses `pulumi destroy`.
   *
   * - Range: true or false
   * @default false
   */
  readonly deletionProtection?: boolean | undefined;

  /**
   * How long RDS keeps daily backups. With 0, it makes none.
   *
   * - Unit: days
   * - Range: a whole number of days from 0 to 35
   * @default 1
   */
  readonly backupRetentionDays?: number | undefined;

  /**
   * Whether RDS takes a snapshot before it deletes the database.
   *
   * - Range: true or false
   * @default false
   */
  readonly finalSnapshot?: boolean | undefined;

  /**
   * Name of the MariaDB database (schema) that WordPress uses.
   *
   * - Range: 1 to 64 letters, digits or _, a letter first; no reserved word of MariaDB and no database
   *   that every instance has, e.g. mysql
   * @default "wordpress"
   */
  readonly databaseName?: string | undefined;

  /**
   * The snapshot from which RDS creates the database, with the content, the users and the schema's name
   * of the snapshot. Keep the setting afterwards: it states where the database came from.
   *
   * - Range: the identifier of an RDS snapshot, e.g. wordpress-database-final-1a2b3c4d or
   *   rds:wordpress-database-2026-01-31-16-00, or its ARN
   * @default an empty database
   */
  readonly restoreFrom?: string | undefined;
}

/** The settings with every default. */
export interface DatabaseSettings extends DatabaseOptions {
  readonly engineVersion: "10.11" | "11.4" | "11.8";
  readonly instanceClass: string;
  readonly allocatedStorageGiB: number;
  readonly storageType: "gp2" | "gp3";
  readonly applyChanges: "immediately" | "maintenanceWindow";
  readonly logRetentionDays: LogRetentionDays;
  readonly multiAz: boolean;
  readonly deletionProtection: boolean;
  readonly backupRetentionDays: number;
  readonly finalSnapshot: boolean;
  readonly databaseName: string;
}
