import type { CloudwatchLogsExportConfiguration, CreateDBInstanceMessage } from "@aws-sdk/client-rds";
import type { InstanceArgs } from "@pulumi/aws/rds";

import type { Properties } from "../resourceType";
import { reading } from "../values";

/** The parameters of both CreateDBInstance and ModifyDBInstance. */
export function settingsOf(inputs: Properties) {
  const from = reading<InstanceArgs>(inputs);
  return {
    AllocatedStorage: from.number("allocatedStorage"),
    AutoMinorVersionUpgrade: from.boolean("autoMinorVersionUpgrade"),
    BackupRetentionPeriod: from.number("backupRetentionPeriod"),
    CACertificateIdentifier: from.string("caCertIdentifier"),
    CopyTagsToSnapshot: from.boolean("copyTagsToSnapshot"),
    DBParameterGroupName: from.string("parameterGroupName"),
    DBSubnetGroupName: from.string("dbSubnetGroupName"),
    DeletionProtection: from.boolean("deletionProtection"),
    EnableIAMDatabaseAuthentication: from.boolean("iamDatabaseAuthenticationEnabled"),
    EngineVersion: from.string("engineVersion"),
    Iops: from.number("iops"),
    LicenseModel: from.string("licenseModel"),
    MaxAllocatedStorage: from.number("maxAllocatedStorage"),
    MonitoringInterval: from.number("monitoringInterval"),
    MonitoringRoleArn: from.string("monitoringRoleArn"),
    MultiAZ: from.boolean("multiAz"),
    OptionGroupName: from.string("optionGroupName"),
    Port: from.number("port"),
    PreferredBackupWindow: from.string("backupWindow"),
    PreferredMaintenanceWindow: from.string("maintenanceWindow"),
    PubliclyAccessible: from.boolean("publiclyAccessible"),
    StorageThroughput: from.number("storageThroughput"),
    StorageType: from.string("storageType"),
    VpcSecurityGroupIds: from.strings("vpcSecurityGroupIds"),
  } satisfies Partial<CreateDBInstanceMessage>;
}

/** The logs that ModifyDBInstance starts and stops exporting to CloudWatch; `undefined` without a change. */
export function logExportChange(
  old: Properties,
  inputs: Properties,
): CloudwatchLogsExportConfiguration | undefined {
  const before = reading<InstanceArgs>(old).strings("enabledCloudwatchLogsExports") ?? [];
  const after = reading<InstanceArgs>(inputs).strings("enabledCloudwatchLogsExports") ?? [];
  const EnableLogTypes = after.filter((log) => !before.includes(log));
  const DisableLogTypes = before.filter((log) => !after.includes(log));
  if (EnableLogTypes.length === 0 && DisableLogTypes.length === 0) return undefined;
  return { EnableLogTypes, DisableLogTypes };
}

/** The maximum of storage autoscaling. RDS has no value for "none"; a maximum without room to grow means that. */
export function largestStorageOf(inputs: Properties): number | undefined {
  const from = reading<InstanceArgs>(inputs);
  const maximum = from.number("maxAllocatedStorage") ?? 0;
  return maximum === 0 ? from.number("allocatedStorage") : maximum;
}
