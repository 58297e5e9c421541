import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { EFS } from "@aws-sdk/client-efs";
import type { ElasticLoadBalancing } from "@aws-sdk/client-elastic-load-balancing";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EventBridge } from "@aws-sdk/client-eventbridge";
import type { IAM } from "@aws-sdk/client-iam";
import type { KMS } from "@aws-sdk/client-kms";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { RDS } from "@aws-sdk/client-rds";
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Route53 } from "@aws-sdk/client-route-53";
import type { S3 } from "@aws-sdk/client-s3";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SNS } from "@aws-sdk/client-sns";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";
import type { MiddlewareStack } from "@smithy/types";

import type { ClientConfig } from "../preflight/client";
import { answerSeconds, asking, type Asking } from "./questions";

/** One client for each AWS service, created and imported at its first use. */
export interface AccountClients {
  readonly autoScaling: () => Promise<AutoScaling>;
  readonly cloudWatch: () => Promise<CloudWatch>;
  readonly cloudWatchLogs: () => Promise<CloudWatchLogs>;
  readonly ec2: () => Promise<EC2>;
  readonly efs: () => Promise<EFS>;
  readonly elb: () => Promise<ElasticLoadBalancing>;
  readonly elbv2: () => Promise<ElasticLoadBalancingV2>;
  readonly eventBridge: () => Promise<EventBridge>;
  readonly iam: () => Promise<IAM>;
  readonly kms: () => Promise<KMS>;
  readonly lambda: () => Promise<Lambda>;
  readonly rds: () => Promise<RDS>;
  readonly route53: () => Promise<Route53>;
  readonly s3: () => Promise<S3>;
  readonly scheduler: () => Promise<Scheduler>;
  readonly secretsManager: () => Promise<SecretsManager>;
  readonly sns: () => Promise<SNS>;
  readonly ssm: () => Promise<SSM>;
  readonly sts: () => Promise<STS>;
  readonly tagging: () => Promise<ResourceGroupsTaggingAPI>;
  /** Closes the connections of all clients. */
  readonly close: () => Promise<void>;
}

interface Client<Input extends object, Output extends object> {
  readonly middlewareStack: MiddlewareStack<Input, Output>;
  readonly destroy: () => void;
}

/** The clients of one account, which ask as {@link asking} defines. */
export function accountClients(config: ClientConfig, how: Asking): AccountClients {
  const { questionSeconds = answerSeconds } = how;
  const settings = {
    ...config,
    retryMode: "standard",
    maxAttempts: 3,
    // `asking` ends the question first; this then frees its connection.
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: (questionSeconds + 1) * 1_000,
      throwOnRequestTimeout: true,
    },
  };
  const made: Promise<{ readonly destroy: () => void }>[] = [];
  const once = <Input extends object, Output extends object, C extends Client<Input, Output>>(
    make: () => Promise<C & Client<Input, Output>>,
  ): (() => Promise<C>) => {
    let client: Promise<C> | undefined;
    return () => {
      if (client === undefined) {
        client = make().then((each) => asking<Input, Output, C>(each, how));
        made.push(client);
      }
      return client;
    };
  };
  return {
    autoScaling: once(async () => new (await import("@aws-sdk/client-auto-scaling")).AutoScaling(settings)),
    cloudWatch: once(async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings)),
    cloudWatchLogs: once(
      async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(settings),
    ),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2(settings)),
    efs: once(async () => new (await import("@aws-sdk/client-efs")).EFS(settings)),
    elb: once(
      async () => new (await import("@aws-sdk/client-elastic-load-balancing")).ElasticLoadBalancing(settings),
    ),
    elbv2: once(
      async () =>
        new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2(settings),
    ),
    eventBridge: once(async () => new (await import("@aws-sdk/client-eventbridge")).EventBridge(settings)),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAM(settings)),
    kms: once(async () => new (await import("@aws-sdk/client-kms")).KMS(settings)),
    lambda: once(async () => new (await import("@aws-sdk/client-lambda")).Lambda(settings)),
    rds: once(async () => new (await import("@aws-sdk/client-rds")).RDS(settings)),
    route53: once(async () => new (await import("@aws-sdk/client-route-53")).Route53(settings)),
    // The emulator answers at one address for all buckets.
    s3: once(
      async () =>
        new (await import("@aws-sdk/client-s3")).S3({
          ...settings,
          forcePathStyle: config.endpoint !== undefined,
        }),
    ),
    scheduler: once(async () => new (await import("@aws-sdk/client-scheduler")).Scheduler(settings)),
    secretsManager: once(
      async () => new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(settings),
    ),
    sns: once(async () => new (await import("@aws-sdk/client-sns")).SNS(settings)),
    ssm: once(async () => new (await import("@aws-sdk/client-ssm")).SSM(settings)),
    sts: once(async () => new (await import("@aws-sdk/client-sts")).STS(settings)),
    tagging: once(
      async () =>
        new (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPI(settings),
    ),
    close: async () => {
      for (const client of await Promise.allSettled(made)) {
        if (client.status === "fulfilled") client.value.destroy();
      }
    },
  };
}
