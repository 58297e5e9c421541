import { type AwsClients, awsClients, type AwsTarget } from "../../../providers/aws/clients";

/** The clients of the services that the page reads. */
export type Readers = Pick<AwsClients, "autoScaling" | "cloudWatch" | "ec2" | "efs" | "elbv2" | "rds">;

export function emulatorReaders(target: AwsTarget): Readers {
  return awsClients(target);
}

/**
 * Clients for a real account, with the user's own configuration: profile, credentials, `AWS_ENDPOINT_URL`. The SDK
 * retries what AWS throttles, more slowly each time.
 */
export function accountReaders(region: string): Readers {
  const settings = { region, retryMode: "adaptive", maxAttempts: 3 };
  return {
    autoScaling: once(async () => new (await import("@aws-sdk/client-auto-scaling")).AutoScaling(settings)),
    cloudWatch: once(async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings)),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2(settings)),
    efs: once(async () => new (await import("@aws-sdk/client-efs")).EFS(settings)),
    elbv2: once(
      async () =>
        new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2(settings),
    ),
    rds: once(async () => new (await import("@aws-sdk/client-rds")).RDS(settings)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
