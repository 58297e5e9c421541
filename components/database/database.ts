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
import { parametersOf } from "./parameters";
import { databaseArgs } from "./settings";

export type { DatabaseArgs } from "./args";

type Settled = z.output<typeof databaseArgs>;

/**
 * WordPress's MariaDB on RDS: private, encrypted at rest and in transit. RDS makes the password, keeps it in
 * Secrets Manager and renews it every 7 days; no one else ever holds it, neither does Pulumi's state.
 */
export class Database extends pulumi.ComponentResource {
  /** Host name; it stays the same when the standby takes over. */
  readonly address: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Under which RDS reports on it. */
  readonly identifier: pulumi.Output<string>;
  /** The schema that WordPress uses. */
  readonly databaseName: pulumi.Output<string>;
  /** The secret with `username` and `password`, as JSON. */
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
        tags: named(databaseName, settings.tags),
      },
      {
        parent: this,
        // AWS refuses only to delete it. Pulumi refuses its replacement, too, and before anything is changed: the
        // new, empty database would be made, and the servers moved to it, before AWS is asked to delete the old one.
        protect: settings.deletionProtection,
        // Both are a database's own, from its creation to its end.
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
   * Its name is generated: another version's group is made before the database is changed to both, and the old one is
   * deleted after that. RDS deletes none that is in use, and upgrades with a group of the new version alone.
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
    // A major version changes only when someone changes the setting, and that is consent enough.
    allowMajorVersionUpgrade: true,
    applyImmediately: settings.applyChanges === "immediately",
    ...(maintenanceWindow === undefined ? {} : { maintenanceWindow }),
    ...(backupWindow === undefined ? {} : { backupWindow }),
    instanceClass: settings.instanceClass,
    allocatedStorage: settings.allocatedStorageGiB,
    ...(maxAllocatedStorageGiB === undefined ? {} : { maxAllocatedStorage: maxAllocatedStorageGiB }),
    storageType: settings.storageType,
    storageEncrypted: true,
    dbName: settings.databaseName,
    username: "wordpress",
    manageMasterUserPassword: true,
    multiAz: settings.multiAz,
    publiclyAccessible: false,
    // The authority that servers check the database's certificate against; RDS's default today.
    caCertIdentifier: databaseAuthorityIdentifier,
    deletionProtection: settings.deletionProtection,
    backupRetentionPeriod: settings.backupRetentionDays,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: [...logTypes],
    skipFinalSnapshot: !settings.finalSnapshot,
  };
}

function onlySecretArn(secrets: aws.types.output.rds.InstanceMasterUserSecret[]): string {
  const [secret] = secrets;
  if (secret === undefined) {
    throw new Error("RDS keeps no password for the database, though it was told to manage it");
  }
  return secret.secretArn;
}
