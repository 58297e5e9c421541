import type { Backup } from "@aws-sdk/client-backup";
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { EFS } from "@aws-sdk/client-efs";
import type { IAM } from "@aws-sdk/client-iam";
import type { RDS } from "@aws-sdk/client-rds";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SNS } from "@aws-sdk/client-sns";

/** One client for each AWS service, created and imported at its first use. */
export interface SiteClients {
  readonly backup: () => Promise<Backup>;
  readonly cloudWatch: () => Promise<CloudWatch>;
  readonly ec2: () => Promise<EC2>;
  readonly efs: () => Promise<EFS>;
  readonly iam: () => Promise<IAM>;
  readonly rds: () => Promise<RDS>;
  readonly secrets: () => Promise<SecretsManager>;
  readonly sns: () => Promise<SNS>;
}

/** Where clients send their requests. What is missing comes from the AWS SDK's configuration of the user. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function siteClients(given: ClientSettings): SiteClients {
  const settings = { ...given, retryMode: "adaptive", maxAttempts: 5 };
  return {
    backup: once(async () => new (await import("@aws-sdk/client-backup")).Backup(settings)),
    cloudWatch: once(async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings)),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2(settings)),
    efs: once(async () => new (await import("@aws-sdk/client-efs")).EFS(settings)),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAM(settings)),
    rds: once(async () => new (await import("@aws-sdk/client-rds")).RDS(settings)),
    secrets: once(async () => new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(settings)),
    sns: once(async () => new (await import("@aws-sdk/client-sns")).SNS(settings)),
  };
}

function once<Client>(make: () => Promise<Client>): () => Promise<Client> {
  let made: Promise<Client> | undefined;
  return () => (made ??= make());
}
