import type { ACM } from "@aws-sdk/client-acm";
import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { EFS } from "@aws-sdk/client-efs";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IAM } from "@aws-sdk/client-iam";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { RDS } from "@aws-sdk/client-rds";
import type { Route53 } from "@aws-sdk/client-route-53";
import type { S3 } from "@aws-sdk/client-s3";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SESv2 } from "@aws-sdk/client-sesv2";
import type { SNS } from "@aws-sdk/client-sns";
import type { SQS } from "@aws-sdk/client-sqs";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";
import type { WAFV2 } from "@aws-sdk/client-wafv2";
import type { MiddlewareStack } from "@smithy/types";

import { noteCall } from "./errors";

/**
 * One client for each AWS service, created at its first use, as the import of a client slows previews down.
 *
 * The clients are the SDK's aggregated ones, with a method for each call, each waiter and each paginator
 * (`(await aws.ec2()).createVpc({ … })`), so that a resource type imports only types of the SDK.
 */
export interface AwsClients extends AwsTarget {
  readonly acm: () => Promise<ACM>;
  readonly autoScaling: () => Promise<AutoScaling>;
  readonly cloudWatch: () => Promise<CloudWatch>;
  readonly cloudWatchLogs: () => Promise<CloudWatchLogs>;
  readonly ec2: () => Promise<EC2>;
  readonly efs: () => Promise<EFS>;
  readonly elbv2: () => Promise<ElasticLoadBalancingV2>;
  readonly iam: () => Promise<IAM>;
  readonly lambda: () => Promise<Lambda>;
  readonly rds: () => Promise<RDS>;
  readonly route53: () => Promise<Route53>;
  readonly s3: () => Promise<S3>;
  readonly scheduler: () => Promise<Scheduler>;
  readonly secretsManager: () => Promise<SecretsManager>;
  readonly sesv2: () => Promise<SESv2>;
  readonly sns: () => Promise<SNS>;
  readonly sqs: () => Promise<SQS>;
  readonly ssm: () => Promise<SSM>;
  readonly sts: () => Promise<STS>;
  readonly wafv2: () => Promise<WAFV2>;
}

/** The emulator's endpoint, and the account and region of the requests. */
export interface AwsTarget {
  /** E.g. `http://127.0.0.1:5000`. */
  readonly endpoint: string;
  readonly region: string;
  /** 12 digits. The emulator uses the access key as the account id. */
  readonly accountId: string;
}

/** Clients for the emulator only, independent of the user's AWS configuration. */
export function awsClients({ endpoint, region, accountId }: AwsTarget): AwsClients {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: "emulator" },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    retryMode: "standard",
    maxAttempts: 3,
  };
  return {
    endpoint,
    region,
    accountId,
    acm: once(async () => new (await import("@aws-sdk/client-acm")).ACM(settings)),
    autoScaling: once(async () => new (await import("@aws-sdk/client-auto-scaling")).AutoScaling(settings)),
    cloudWatch: once(async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings)),
    cloudWatchLogs: once(
      async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(settings),
    ),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2(settings)),
    efs: once(async () => new (await import("@aws-sdk/client-efs")).EFS(settings)),
    elbv2: once(
      async () =>
        new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2(settings),
    ),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAM(settings)),
    lambda: once(async () => new (await import("@aws-sdk/client-lambda")).Lambda(settings)),
    rds: once(async () => new (await import("@aws-sdk/client-rds")).RDS(settings)),
    route53: once(async () => new (await import("@aws-sdk/client-route-53")).Route53(settings)),
    // A bucket's own host name does not resolve to the emulator.
    s3: once(async () => new (await import("@aws-sdk/client-s3")).S3({ ...settings, forcePathStyle: true })),
    scheduler: once(async () => new (await import("@aws-sdk/client-scheduler")).Scheduler(settings)),
    secretsManager: once(
      async () => new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(settings),
    ),
    sesv2: once(async () => new (await import("@aws-sdk/client-sesv2")).SESv2(settings)),
    sns: once(async () => new (await import("@aws-sdk/client-sns")).SNS(settings)),
    // A queue's URL contains the host that its creator used. Requests go to the endpoint instead.
    sqs: once(
      async () =>
        new (await import("@aws-sdk/client-sqs")).SQS({ ...settings, useQueueUrlAsEndpoint: false }),
    ),
    ssm: once(async () => new (await import("@aws-sdk/client-ssm")).SSM(settings)),
    sts: once(async () => new (await import("@aws-sdk/client-sts")).STS(settings)),
    wafv2: once(async () => new (await import("@aws-sdk/client-wafv2")).WAFV2(settings)),
  };
}

function once<Input extends object, Output extends object, Client>(
  make: () => Promise<Client & { readonly middlewareStack: MiddlewareStack<Input, Output> }>,
): () => Promise<Client> {
  let made: Promise<Client> | undefined;
  return () => (made ??= make().then(tellingItsCalls));
}

/** Adds the name of the call, which AWS's errors do not contain. */
function tellingItsCalls<Input extends object, Output extends object, Client>(
  client: Client & { readonly middlewareStack: MiddlewareStack<Input, Output> },
): Client {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          noteCall(error, commandName);
          throw error;
        }
      },
    { step: "initialize", name: "tellingItsCalls" },
  );
  return client;
}
