import type { Backup } from "@aws-sdk/client-backup";
import type { EFS } from "@aws-sdk/client-efs";
import type { IAM } from "@aws-sdk/client-iam";
import type { RDS } from "@aws-sdk/client-rds";

/** One client for each AWS service, created and imported at its first use. */
export interface BackupClients {
  readonly backup: () => Promise<Backup>;
  readonly efs: () => Promise<EFS>;
  readonly iam: () => Promise<IAM>;
  readonly rds: () => Promise<RDS>;
}

/** Where clients send their requests. What is missing comes from the AWS SDK's configuration of the user. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function backupClients(given: ClientSettings): BackupClients {
  const settings = { ...given, retryMode: "adaptive", maxAttempts: 5 };
  return {
    backup: once(async () => new (await import("@aws-sdk/client-backup")).Backup(settings)),
    efs: once(async () => new (await import("@aws-sdk/client-efs")).EFS(settings)),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAM(settings)),
    rds: once(async () => new (await import("@aws-sdk/client-rds")).RDS(settings)),
  };
}

function once<Client>(make: () => Promise<Client>): () => Promise<Client> {
  let made: Promise<Client> | undefined;
  return () => (made ??= make());
}
