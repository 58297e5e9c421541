import type { InstanceArgs } from "@pulumi/aws/rds";

import type { AwsClients } from "../clients";
import { sent } from "../gone";
import type { Properties } from "../resourceType";
import { newTagList } from "../tags";
import { reading } from "../values";
import { settingsOf } from "./instanceSettings";

/**
 * Creates an instance from a snapshot. Engine, user, schema, encryption and size are the snapshot's. RDS accepts a
 * parameter group only of the snapshot's version.
 * @returns RDS's resource id.
 */
export async function restoreInstance(
  aws: AwsClients,
  inputs: Properties,
  snapshot: string,
): Promise<string> {
  const from = reading<InstanceArgs>(inputs);
  const settings = settingsOf(inputs);
  const { DBInstance } = await (
    await aws.rds()
  ).restoreDBInstanceFromDBSnapshot({
    AutoMinorVersionUpgrade: settings.AutoMinorVersionUpgrade,
    AvailabilityZone: from.string("availabilityZone"),
    CopyTagsToSnapshot: settings.CopyTagsToSnapshot,
    DBInstanceClass: from.requiredString("instanceClass"),
    DBInstanceIdentifier: from.requiredString("identifier"),
    DBParameterGroupName: settings.DBParameterGroupName,
    DBSnapshotIdentifier: snapshot,
    DBSubnetGroupName: settings.DBSubnetGroupName,
    DeletionProtection: settings.DeletionProtection,
    EnableCloudwatchLogsExports: from.strings("enabledCloudwatchLogsExports"),
    EnableIAMDatabaseAuthentication: settings.EnableIAMDatabaseAuthentication,
    Engine: from.requiredString("engine"),
    LicenseModel: settings.LicenseModel,
    MultiAZ: settings.MultiAZ,
    OptionGroupName: settings.OptionGroupName,
    Port: settings.Port,
    PubliclyAccessible: settings.PubliclyAccessible,
    Tags: newTagList(inputs),
    VpcSecurityGroupIds: settings.VpcSecurityGroupIds,
  });
  return sent(DBInstance?.DbiResourceId, "DbiResourceId");
}

/**
 * Changes what a restore does not set, at once. A restored MariaDB keeps the password of its snapshot: RDS accepts
 * `ManageMasterUserPassword` in a restore only for Oracle.
 */
export async function settleRestored(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<InstanceArgs>(inputs);
  const settings = settingsOf(inputs);
  await (
    await aws.rds()
  ).modifyDBInstance({
    AllocatedStorage: settings.AllocatedStorage,
    AllowMajorVersionUpgrade: from.boolean("allowMajorVersionUpgrade"),
    ApplyImmediately: true,
    BackupRetentionPeriod: settings.BackupRetentionPeriod,
    CACertificateIdentifier: settings.CACertificateIdentifier,
    DBInstanceIdentifier: from.requiredString("identifier"),
    EngineVersion: settings.EngineVersion,
    Iops: settings.Iops,
    ManageMasterUserPassword: from.boolean("manageMasterUserPassword"),
    MasterUserPassword: from.string("password"),
    MasterUserSecretKmsKeyId: from.string("masterUserSecretKmsKeyId"),
    MaxAllocatedStorage: settings.MaxAllocatedStorage,
    MonitoringInterval: settings.MonitoringInterval,
    MonitoringRoleArn: settings.MonitoringRoleArn,
    PreferredBackupWindow: settings.PreferredBackupWindow,
    PreferredMaintenanceWindow: settings.PreferredMaintenanceWindow,
    StorageThroughput: settings.StorageThroughput,
    StorageType: settings.StorageType,
  });
}
