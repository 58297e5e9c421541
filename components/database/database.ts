import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { named } from "../settings/named";
import { parseArgs } from "../settings/parse";
import { severalSubnets } from "../settings/subnets";
import { databaseAuthorityIdentifier } from "../shared/databaseAuthority";
import type { DatabaseArgs } from "./args";
import { createLogGroups, logTypes } from "./logGroups";
import { identifierOf, newSnapshotName } from "./names";
import { originTags } from "./origin";
import { parametersOf } from "./parameters";
import { databaseArgs } from "./settings";

export type { DatabaseArgs } from "./args";

type Settled = z.output<typeof databaseArgs>;

/**
 * WordPress's MariaDB on RDS: private, encrypted at rest and in transit. RDS generates the password, stores it in
 * Secrets Manager and rotates it every 7 days. The password is in no other place, and not in Pulumi's state.
 */
export class Database extends pulumi.ComponentResource {
  /** Host name. It stays the same after a failover to the standby. */
  readonly address: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** The identifier under which RDS reports metrics. */
  readonly identifier: pulumi.Output<string>;
  /** Name of the MariaDB database (schema) that WordPress uses. */
  readonly databaseName: pulumi.Output<string>;
  /** ARN of the secret with `username` and `password`, as JSON. */
  readonly secretArn: pulumi.Output<string>;

  /** @throws InvalidSettingsError that lists every wrong argument; nothing is registered then. */
  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = parseArgs("Database", name, databaseArgs, args);
    super("wordpress:database:Database", name, {}, opts);

    const databaseName = `${name}-database`;
    const subnetIds = severalSubnets(`Database "${name}"`, "subnetIds", args.subnetIds);
    const subnetGroup = this.createSubnetGroup(databaseName, subnetIds, settings);
    const identifier = identifierOf(subnetGroup, settings);
    const instance = new aws.rds.Instance(
      databaseName,
      {
        ...instanceArgs(settings),
        identifier,
        finalSnapshotIdentifier: newSnapshotName(databaseName),
        dbSubnetGroupName: subnetGroup.name,
        parameterGroupName: this.createParameterGroup(databaseName, settings).name,
        vpcSecurityGroupIds: [...args.securityGroupIds],
        tags: named(databaseName, { ...settings.tags, ...originTags(settings) }),
      },
      {
        parent: this,
        // AWS only refuses to delete it. Pulumi also refuses its replacement, before it changes anything. Otherwise
        // Pulumi would create a new, empty database and move the servers to it before AWS refuses to delete the old one.
        protect: settings.deletionProtection,
        // A database keeps both from its creation to its deletion.
        ignoreChanges: ["identifier", "finalSnapshotIdentifier"],
        dependsOn: createLogGroups(databaseName, identifier, settings, this),
      },
    );

    this.address = instance.address;
    this.port = instance.port;
    this.identifier = instance.identifier;
    this.databaseName = instance.dbName;
    this.secretArn = instance.masterUserSecrets.apply(onlySecretArn);
    this.registerOutputs({
      address: this.address,
      port: this.port,
      identifier: this.identifier,
      databaseName: this.databaseName,
      secretArn: this.secretArn,
    });
  }

  private createSubnetGroup(name: string, subnetIds: pulumi.Input<string[]>, { tags }: Settled) {
    return new aws.rds.SubnetGroup(
      name,
      { description: "Private subnets for the database", subnetIds, tags: named(name, tags) },
      { parent: this },
    );
  }

  /**
   * Its name is generated, so that Pulumi creates the group of another version first, then changes the database to that
   * version and group, and deletes the old group last. RDS deletes no group in use, and upgrades a database only together
   * with a group of the new version.
   */
  private createParameterGroup(name: string, { engineVersion, tags }: Settled) {
    return new aws.rds.ParameterGroup(
      name,
      {
        description: "MariaDB for WordPress: TLS only, utf8mb4, slow statements logged",
        family: `mariadb${engineVersion}`,
        parameters: parametersOf(engineVersion),
        tags: named(name, tags),
      },
      { parent: this },
    );
  }
}

function instanceArgs(settings: Settled) {
  const { maxAllocatedStorageGiB, maintenanceWindow, backupWindow } = settings;
  return {
    engine: "mariadb",
    engineVersion: settings.engineVersion,
    autoMinorVersionUpgrade: true,
    // A major version changes only when the user changes the setting.
    allowMajorVersionUpgrade: true,
    applyImmediately: settings.applyChanges === "immediately",
    ...(maintenanceWindow === undefined ? {} : { maintenanceWindow }),
    ...(backupWindow === undefined ? {} : { backupWindow }),
    instanceClass: settings.instanceClass,
    allocatedStorage: settings.allocatedStorageGiB,
    ...(maxAllocatedStorageGiB === undefined ? {} : { maxAllocatedStorage: maxAllocatedStorageGiB }),
    storageType: settings.storageType,
    storageEncrypted: true,
    ...contentOf(settings),
    username: "wordpress",
    manageMasterUserPassword: true,
    multiAz: settings.multiAz,
    publiclyAccessible: false,
    // The certificate authority that servers trust. It is the current default of RDS.
    caCertIdentifier: databaseAuthorityIdentifier,
    deletionProtection: settings.deletionProtection,
    backupRetentionPeriod: settings.backupRetentionDays,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: [...logTypes],
    skipFinalSnapshot: !settings.finalSnapshot,
  };
}

/** A snapshot has its own schema. Another name here would replace the restored database in each update. */
function contentOf({ databaseName, restoreFrom }: Settled) {
  return restoreFrom === undefined ? { dbName: databaseName } : { snapshotIdentifier: restoreFrom };
}

function onlySecretArn(secrets: aws.types.output.rds.InstanceMasterUserSecret[]): string {
  const [secret] = secrets;
  if (secret === undefined) {
    throw new Error("RDS returned no secret for the database's password, although it manages the password");
  }
  return secret.secretArn;
}
