import type { DBInstance } from "@aws-sdk/client-rds";
import type { InstanceArgs, InstanceState } from "@pulumi/aws/rds";

import type { AwsClients } from "../clients";
import { sent } from "../gone";
import type { Properties } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** The database with this resource id. */
export async function findInstance(aws: AwsClients, id: string): Promise<DBInstance | undefined> {
  const answer = await (
    await aws.rds()
  ).describeDBInstances({ Filters: [{ Name: "dbi-resource-id", Values: [id] }] });
  return answer.DBInstances?.[0];
}

export async function readInstance(
  aws: AwsClients,
  id: string,
  prior: Properties,
): Promise<Properties | undefined> {
  const found = await findInstance(aws, id);
  if (found === undefined) return undefined;
  const from = reading<InstanceArgs>(prior);
  const { Address, Port, HostedZoneId } = found.Endpoint ?? {};
  const secret = found.MasterUserSecret;
  return present({
    address: Address,
    allocatedStorage: allocatedStorage(found, from.number("allocatedStorage")),
    arn: found.DBInstanceArn,
    autoMinorVersionUpgrade: found.AutoMinorVersionUpgrade,
    availabilityZone: found.AvailabilityZone,
    backupRetentionPeriod: found.BackupRetentionPeriod,
    backupWindow: found.PreferredBackupWindow,
    caCertIdentifier: found.CACertificateIdentifier,
    copyTagsToSnapshot: found.CopyTagsToSnapshot,
    dbName: found.DBName,
    dbSubnetGroupName: found.DBSubnetGroup?.DBSubnetGroupName,
    deletionProtection: found.DeletionProtection,
    enabledCloudwatchLogsExports: found.EnabledCloudwatchLogsExports ?? [],
    endpoint: Address === undefined ? undefined : `${Address}:${String(sent(Port, "Endpoint.Port"))}`,
    engine: found.Engine,
    engineVersion: engineVersion(found, from.string("engineVersion")),
    engineVersionActual: found.EngineVersion,
    hostedZoneId: HostedZoneId,
    iamDatabaseAuthenticationEnabled: found.IAMDatabaseAuthenticationEnabled,
    identifier: found.DBInstanceIdentifier,
    instanceClass: found.DBInstanceClass,
    iops: found.Iops,
    kmsKeyId: found.KmsKeyId,
    licenseModel: found.LicenseModel,
    maintenanceWindow: maintenanceWindow(found, from.string("maintenanceWindow")),
    manageMasterUserPassword: secret !== undefined,
    masterUserSecretKmsKeyId: secret?.KmsKeyId,
    masterUserSecrets:
      secret === undefined
        ? []
        : [
            present({
              kmsKeyId: secret.KmsKeyId,
              secretArn: secret.SecretArn,
              secretStatus: secret.SecretStatus,
            }),
          ],
    maxAllocatedStorage: maxAllocatedStorage(found),
    monitoringInterval: found.MonitoringInterval ?? 0,
    monitoringRoleArn: found.MonitoringRoleArn,
    multiAz: found.MultiAZ,
    optionGroupName: found.OptionGroupMemberships?.[0]?.OptionGroupName,
    parameterGroupName: found.DBParameterGroups?.[0]?.DBParameterGroupName,
    port: Port,
    publiclyAccessible: found.PubliclyAccessible,
    resourceId: found.DbiResourceId,
    status: found.DBInstanceStatus,
    storageEncrypted: found.StorageEncrypted,
    storageThroughput: found.StorageThroughput,
    storageType: found.StorageType,
    username: found.MasterUsername,
    vpcSecurityGroupIds: (found.VpcSecurityGroups ?? []).map((group) =>
      sent(group.VpcSecurityGroupId, "VpcSecurityGroupId"),
    ),
    ...tagProperties(found.TagList),
  } satisfies Known<InstanceState>);
}

/** With storage autoscaling, the program's value is the initial size: growth by RDS is no drift. */
function allocatedStorage(found: DBInstance, given: number | undefined): number | undefined {
  const grown = given !== undefined && (found.AllocatedStorage ?? 0) > given;
  return grown && maxAllocatedStorage(found) !== undefined ? given : found.AllocatedStorage;
}

/** A maximum without room to grow means no autoscaling. */
function maxAllocatedStorage(found: DBInstance): number | undefined {
  const maximum = found.MaxAllocatedStorage;
  return maximum !== undefined && maximum > (found.AllocatedStorage ?? 0) ? maximum : undefined;
}

/** A program's major version with a newer minor version in RDS is no drift. */
function engineVersion(found: DBInstance, given: string | undefined): string | undefined {
  return given !== undefined && found.EngineVersion?.startsWith(`${given}.`) === true
    ? given
    : found.EngineVersion;
}

/** RDS returns weekdays in lower case. */
function maintenanceWindow(found: DBInstance, given: string | undefined): string | undefined {
  return given?.toLowerCase() === found.PreferredMaintenanceWindow ? given : found.PreferredMaintenanceWindow;
}
