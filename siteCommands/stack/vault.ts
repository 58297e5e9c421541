import type { SiteClients } from "../clients";

/**
 * The vault of all stacks' uploads in a region, and the role of AWS Backup. They belong to no stack: a backup survives
 * its stack.
 */
export const vaultName = "wordpress-site-backups";
const roleName = "wordpress-site-backups";

/**
 * AWS's managed policies for the jobs.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
 */
const policies = [
  "service-role/AWSBackupServiceRolePolicyForBackup",
  "service-role/AWSBackupServiceRolePolicyForRestores",
];

/** Creates the vault unless it exists. AWS encrypts it with its own key. */
export async function ensureVault(clients: SiteClients): Promise<void> {
  const { AlreadyExistsException } = await import("@aws-sdk/client-backup");
  try {
    await (
      await clients.backup()
    ).createBackupVault({ BackupVaultName: vaultName, BackupVaultTags: { ManagedBy: "npm run site" } });
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
  }
}

/** The ARN of the role, which is created unless it exists. @param partition the first part of ARNs, e.g. `aws` */
export async function ensureRole(clients: SiteClients, partition: string): Promise<string> {
  const iam = await clients.iam();
  const arn = (await existingRole(clients)) ?? (await createRole(clients));
  for (const policy of policies) {
    const PolicyArn = `arn:${partition}:iam::aws:policy/${policy}`;
    await iam.attachRolePolicy({ RoleName: roleName, PolicyArn });
  }
  return arn;
}

async function existingRole(clients: SiteClients): Promise<string | undefined> {
  const { NoSuchEntityException } = await import("@aws-sdk/client-iam");
  try {
    return (await (await clients.iam()).getRole({ RoleName: roleName })).Role?.Arn;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

async function createRole(clients: SiteClients): Promise<string> {
  const trust = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  };
  const { Role } = await (
    await clients.iam()
  ).createRole({
    RoleName: roleName,
    AssumeRolePolicyDocument: JSON.stringify(trust),
    Description: "AWS Backup makes and restores backups of WordPress sites' uploads",
    Tags: [{ Key: "ManagedBy", Value: "npm run site" }],
  });
  if (Role?.Arn === undefined) throw new Error(`IAM returned no ARN of the role ${roleName}`);
  return Role.Arn;
}
