import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { SQS } from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { z } from "zod";

import { bundleHandler, runtime } from "../../components/scheduledLauncher/bundle";
import type { EmulatorClientConfig } from "../support/emulator";

/** Limits of the deployed functions. */
export const limits = { serverCount: 2, maxRunningServers: 4, timeToLiveMinutes: 60 };
/** Longer than any test takes. */
const maxLatenessSeconds = 600;

/** The function's package, deployed in an account and a VPC of its own. */
export interface Deployment {
  readonly ec2: EC2;
  readonly lambda: Lambda;
  readonly sqs: SQS;
  readonly logs: CloudWatchLogs;
  readonly functionName: string;
  readonly functionArn: string;
  /** Lambda and the scheduler may both assume it. */
  readonly roleArn: string;
  readonly owner: string;
  readonly imageId: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly resultsUrl: string;
  readonly failuresUrl: string;
}

/** @param subnetIdsOf chooses the servers' subnets from the VPC's subnets. */
export async function deploy(
  config: EmulatorClientConfig,
  subnetIdsOf = (subnetIds: readonly string[]) => subnetIds,
): Promise<Deployment> {
  const [ec2, lambda, sqs] = [new EC2(config), new Lambda(config), new SQS(config)];
  const network = await createNetwork(ec2);
  const imageId = await debianImage(ec2);
  const results = await createQueue(sqs, "results");
  const failures = await createQueue(sqs, "failures");
  const roleArn = await createRole(config);
  const functionName = "launcher";
  const { FunctionArn = "" } = await lambda.createFunction({
    FunctionName: functionName,
    Runtime: runtime,
    Handler: "index.handler",
    Role: roleArn,
    Timeout: 60,
    Code: { ZipFile: zipSync({ "index.js": Buffer.from(await bundleHandler()) }) },
    Environment: { Variables: environmentOf(network, imageId, subnetIdsOf(network.subnetIds)) },
  });
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: functionName,
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnSuccess: { Destination: results.arn }, OnFailure: { Destination: failures.arn } },
  });
  return {
    ec2,
    lambda,
    sqs,
    logs: new CloudWatchLogs(config),
    functionName,
    functionArn: FunctionArn,
    roleArn,
    owner,
    imageId,
    vpcId: network.vpcId,
    subnetIds: network.subnetIds,
    resultsUrl: results.url,
    failuresUrl: failures.url,
  };
}

const owner = "wordpress/test/wordpress";

interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

async function createNetwork(ec2: EC2): Promise<Network> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.7.0.0/16" });
  const vpcId = Vpc?.VpcId ?? "";
  const subnets = await Promise.all(
    ["us-east-1a", "us-east-1b"].map((AvailabilityZone, place) =>
      ec2.createSubnet({ VpcId: vpcId, CidrBlock: `10.7.${String(place)}.0/24`, AvailabilityZone }),
    ),
  );
  const { GroupId = "" } = await ec2.createSecurityGroup({
    VpcId: vpcId,
    GroupName: "launched",
    Description: "Launched servers",
  });
  return { vpcId, subnetIds: subnets.map(({ Subnet }) => Subnet?.SubnetId ?? ""), securityGroupId: GroupId };
}

async function debianImage(ec2: EC2): Promise<string> {
  const { Images } = await ec2.describeImages({ Filters: [{ Name: "name", Values: ["debian-13-amd64-*"] }] });
  return Images?.[0]?.ImageId ?? "";
}

async function createRole(config: EmulatorClientConfig): Promise<string> {
  const services = ["lambda.amazonaws.com", "scheduler.amazonaws.com"];
  const { Role } = await new IAM(config).createRole({
    RoleName: "LabRole",
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: services }, Action: "sts:AssumeRole" }],
    }),
  });
  return Role?.Arn ?? "";
}

async function createQueue(sqs: SQS, name: string) {
  const { QueueUrl: url = "" } = await sqs.createQueue({ QueueName: name });
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["QueueArn"] });
  return { url, arn: Attributes?.QueueArn ?? "" };
}

function environmentOf(
  { securityGroupId }: Network,
  imageId: string,
  subnetIds: readonly string[],
): Record<string, string> {
  return {
    OWNER: owner,
    IMAGE_ID: imageId,
    ROOT_DEVICE_NAME: "/dev/xvda",
    INSTANCE_TYPE: "t3.micro",
    SERVER_COUNT: String(limits.serverCount),
    MAX_RUNNING_SERVERS: String(limits.maxRunningServers),
    TIME_TO_LIVE_MINUTES: String(limits.timeToLiveMinutes),
    MAX_LATENESS_SECONDS: String(maxLatenessSeconds),
    SUBNET_IDS: subnetIds.join(","),
    SECURITY_GROUP_IDS: securityGroupId,
    SERVER_TAGS: JSON.stringify({ Name: "launched", Course: "cloud" }),
  };
}

/** Invokes the function and waits for its result. */
export async function invoke({ lambda, functionName }: Deployment, event: unknown) {
  const { FunctionError, Payload } = await lambda.invoke({
    FunctionName: functionName,
    Payload: JSON.stringify(event),
  });
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? "null").toString("utf8"));
  return { failed: FunctionError !== undefined, answer };
}

/** Invokes the function asynchronously, as EventBridge Scheduler does. */
export async function send({ lambda, functionName }: Deployment, event: unknown): Promise<void> {
  await lambda.invoke({
    FunctionName: functionName,
    InvocationType: "Event",
    Payload: JSON.stringify(event),
  });
}

/** All running instances of the account. */
export async function running({ ec2 }: Deployment) {
  const { Reservations } = await ec2.describeInstances({
    Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }],
  });
  return (Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
}

export async function runningIds(deployment: Deployment): Promise<readonly string[]> {
  return (await running(deployment)).map(({ InstanceId }) => InstanceId ?? "");
}

/** The record of an invocation that Lambda sends to a destination. */
const record = z.object({
  requestContext: z.object({ approximateInvokeCount: z.number() }),
  requestPayload: z.unknown(),
  responsePayload: z.unknown(),
});

/** Waits for this number of records in a queue. */
export async function nextMessages({ sqs }: Deployment, queueUrl: string, count: number) {
  const records: z.output<typeof record>[] = [];
  while (records.length < count) {
    const { Messages } = await sqs.receiveMessage({ QueueUrl: queueUrl, WaitTimeSeconds: 1 });
    for (const { Body, ReceiptHandle } of Messages ?? []) {
      await sqs.deleteMessage({ QueueUrl: queueUrl, ReceiptHandle });
      records.push(record.parse(JSON.parse(Body ?? "null")));
    }
  }
  return records;
}

/** The lines of the function's log from which CloudWatch reads metrics. */
export async function loggedMetrics({ logs, functionName }: Deployment): Promise<readonly unknown[]> {
  const { events } = await logs.filterLogEvents({ logGroupName: `/aws/lambda/${functionName}` });
  return (events ?? [])
    .map(({ message }) => message ?? "")
    .filter((message) => message.startsWith("{") && message.includes('"_aws"'))
    .map((message): unknown => JSON.parse(message));
}
