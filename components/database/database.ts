import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { named } from "../settings/named";
import { parseArgs } from "../settings/parse";
import { severalSubnets } from "../settings/subnets";
import { databaseAuthorityIdentifier } from "../wordpressFleet/server/databaseAuthority";
import { parameters } from "./parameters";
import { databaseArgs } from "./settings";

/** The settings ({@link databaseArgs} has their meaning and defaults) and where the database stands. */
export type DatabaseArgs = z.input<typeof databaseArgs> & {
  /** Private subnets in two zones or more. */
  readonly subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Who may reach it. */
  readonly securityGroupIds: readonly pulumi.Input<string>[];
};

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

    const subnetIds = severalSubnets(`Database "${name}"`, "subnetIds", args.subnetIds);
    const subnetGroup = this.createSubnetGroup(`${name}-database`, subnetIds, settings);
    const parameterGroup = this.createParameterGroup(`${name}-database`, settings);
    const instance = new aws.rds.Instance(
      `${name}-database`,
      {
        ...instanceArgs(settings, subnetGroup),
        dbSubnetGroupName: subnetGroup.name,
        parameterGroupName: parameterGroup.name,
        vpcSecurityGroupIds: [...args.securityGroupIds],
        tags: named(`${name}-database`, settings.tags),
      },
      // AWS refuses only to delete it. Pulumi refuses its replacement, too, and before anything is changed: the
      // new, empty database would be made, and the servers moved to it, before AWS is asked to delete the old one.
      { parent: this, protect: settings.deletionProtection },
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

  private createParameterGroup(name: string, { engineVersion, tags }: Settled) {
    return new aws.rds.ParameterGroup(
      name,
      {
        description: "MariaDB for WordPress: TLS only, utf8mb4, slow statements logged",
        family: `mariadb${engineVersion}`,
        parameters,
        tags: named(name, tags),
      },
      { parent: this },
    );
  }
}

function instanceArgs(settings: Settled, subnetGroup: aws.rds.SubnetGroup) {
  return {
    engine: "mariadb",
    engineVersion: settings.engineVersion,
    autoMinorVersionUpgrade: true,
    // A major version changes only when someone changes the setting, and that is consent enough.
    allowMajorVersionUpgrade: true,
    instanceClass: settings.instanceClass,
    allocatedStorage: settings.allocatedStorageGiB,
    ...(settings.maxAllocatedStorageGiB === undefined
      ? {}
      : { maxAllocatedStorage: settings.maxAllocatedStorageGiB }),
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
    enabledCloudwatchLogsExports: ["error", "slowquery"],
    skipFinalSnapshot: !settings.finalSnapshot,
    ...(settings.finalSnapshot ? { finalSnapshotIdentifier: finalSnapshotOf(subnetGroup) } : {}),
  };
}

/**
 * A snapshot outlives its database, so the next database's needs a name of its own. The subnet group's has
 * a random part that is new each time the stack is made.
 */
function finalSnapshotOf(subnetGroup: aws.rds.SubnetGroup): pulumi.Output<string> {
  return pulumi.interpolate`${subnetGroup.name}-final`;
}

function onlySecretArn(secrets: aws.types.output.rds.InstanceMasterUserSecret[]): string {
  const [secret] = secrets;
  if (secret === undefined) {
    throw new Error("RDS keeps no password for the database, though it was told to manage it");
  }
  return secret.secretArn;
}
