import { ACM } from "@aws-sdk/client-acm";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { EFS } from "@aws-sdk/client-efs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { RDS } from "@aws-sdk/client-rds";
import { Route53 } from "@aws-sdk/client-route-53";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { ensureEnvironment } from "../../../localAws/emulator/environment";
import { sources } from "../../../localAws/emulator/layout";
import { type EmulatorClientConfig, useEmulator } from "../../support/emulator";
import { refusalOf } from "./fleet";

const tag = (Key: string, Value = "x") => ({ Key, Value });
const manyTags = (count: number) => Array.from({ length: count }, (_, nth) => tag(`key${String(nth)}`));
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const createFunction = (lambda: Lambda, more: object) =>
  lambda.createFunction({
    FunctionName: "f",
    Role: "arn:aws:iam::350000000001:role/r",
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: Buffer.from("") },
    ...more,
  });
const createDatabase = (rds: RDS, more: object) =>
  rds.createDBInstance({
    DBInstanceIdentifier: "d",
    DBInstanceClass: "db.t4g.micro",
    Engine: "mariadb",
    ...more,
  });

type Request = (config: EmulatorClientConfig) => Promise<unknown>;

/** The problem, the request, AWS's code, and a part of its message. */
type Refusal = readonly [what: string, request: Request, code: string, message: RegExp];

const againstTheModel: readonly Refusal[] = [
  [
    "a role's name of 65 characters (query)",
    (config) => new IAM(config).createRole({ RoleName: "r".repeat(65), AssumeRolePolicyDocument: trust }),
    "ValidationError",
    /'roleName'.*length less than or equal to 64/,
  ],
  [
    "a role's name with a blank (pattern)",
    (config) => new IAM(config).createRole({ RoleName: "my role", AssumeRolePolicyDocument: trust }),
    "ValidationError",
    /'roleName'.*regular expression pattern/,
  ],
  [
    "a tag with characters that IAM does not take (Unicode categories)",
    (config) =>
      new IAM(config).createRole({ RoleName: "r", AssumeRolePolicyDocument: trust, Tags: [tag("값", "☃")] }),
    "ValidationError",
    /'tags\.1\.member\.value'/,
  ],
  [
    "an empty tag value of a schedule group (REST and JSON)",
    (config) => new Scheduler(config).createScheduleGroup({ Name: "g", Tags: [tag("Team", "")] }),
    "ValidationException",
    /'tags\.1\.member\.value'.*length greater than or equal to 1/,
  ],
  [
    "eleven tags of a health check (REST and XML)",
    (config) =>
      new Route53(config).changeTagsForResource({
        ResourceType: "healthcheck",
        ResourceId: "h",
        AddTags: manyTags(11),
      }),
    "InvalidInput",
    /'addTags'.*length less than or equal to 10/,
  ],
  [
    "a host name with an underscore (JSON)",
    (config) => new ACM(config).requestCertificate({ DomainName: "my_blog.example.com" }),
    "ValidationException",
    /'domainName'/,
  ],
  [
    "an alarm's name of 256 characters",
    (config) =>
      new CloudWatch(config).putMetricAlarm({
        AlarmName: "a".repeat(256),
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
      }),
    "ValidationException",
    /'alarmName'/,
  ],
  [
    "a log group's name with a blank",
    (config) => new CloudWatchLogs(config).createLogGroup({ logGroupName: "my logs" }),
    "ValidationException",
    /'logGroupName'/,
  ],
  [
    "a tag of EFS's with aws: in another case",
    (config) => new EFS(config).createFileSystem({ CreationToken: "t", Tags: [tag("aWs:x")] }),
    "ValidationException",
    /'tags\.1\.member\.key'/,
  ],
  [
    "memory above Lambda's (a number's range)",
    (config) => createFunction(new Lambda(config), { MemorySize: 100_000 }),
    "ValidationException",
    /'memorySize'.*value less than or equal to/,
  ],
  [
    "a word that is none of an enumeration's",
    (config) => createFunction(new Lambda(config), { Runtime: "nodejs1.x" }),
    "ValidationException",
    /'runtime'.*enum value set/,
  ],
  [
    "a group without its sizes",
    (config) => {
      const withoutSizes: object = { AutoScalingGroupName: "g" };
      const given = {
        MinSize: undefined,
        MaxSize: undefined,
        AutoScalingGroupName: undefined,
        ...withoutSizes,
      };
      return new AutoScaling(config).createAutoScalingGroup(given);
    },
    "ValidationError",
    /'minSize'.*must not be null.*'maxSize'/,
  ],
];

const againstDocuments: readonly Refusal[] = [
  [
    "tag keys that differ in case only, by IAM",
    (config) =>
      new IAM(config).createRole({
        RoleName: "r",
        AssumeRolePolicyDocument: trust,
        Tags: [tag("Team"), tag("team")],
      }),
    "ValidationError",
    /case insensitive/,
  ],
  [
    "51 tags",
    (config) => new SNS(config).createTopic({ Name: "t", Tags: manyTags(51) }),
    "InvalidParameterException",
    /50 at most/,
  ],
  [
    "a tag key AWS:x, in any service",
    (config) => new SQS(config).createQueue({ QueueName: "q", tags: { "AWS:x": "y" } }),
    "ValidationException",
    /reserved/,
  ],
  [
    "a long tag of EC2's, whose model has no limit",
    (config) =>
      new EC2(config).createVpc({
        CidrBlock: "10.0.0.0/16",
        TagSpecifications: [{ ResourceType: "vpc", Tags: [tag("k", "v".repeat(257))] }],
      }),
    "InvalidParameterValue",
    /length/,
  ],
  [
    "a tag of RDS's with other characters",
    (config) => createDatabase(new RDS(config), { Tags: [tag("k", "a?b")] }),
    "InvalidParameterValue",
    /characters/,
  ],
  [
    "a tag of RDS's own prefix",
    (config) => createDatabase(new RDS(config), { Tags: [tag("rds:x")] }),
    "InvalidParameterValue",
    /reserved/,
  ],
  [
    "a VPC of loopback addresses",
    (config) => new EC2(config).createVpc({ CidrBlock: "127.0.0.0/16" }),
    "InvalidParameterValue",
    /reserved range/,
  ],
  [
    "a security group's description with other characters",
    (config) => new EC2(config).createSecurityGroup({ GroupName: "g", Description: "who's there?" }),
    "InvalidParameterValue",
    /Description/,
  ],
  [
    "a target group's name of 33 characters",
    (config) => new ElasticLoadBalancingV2(config).createTargetGroup({ Name: "t".repeat(33) }),
    "ValidationError",
    /32/,
  ],
  [
    "a certificate's name of 65 characters",
    (config) => new ACM(config).requestCertificate({ DomainName: `${"a".repeat(53)}.example.com` }),
    "ValidationException",
    /64 characters/,
  ],
  [
    "an environment of more than 4 KB",
    (config) =>
      createFunction(new Lambda(config), { Environment: { Variables: { TEXT: "x".repeat(4_096) } } }),
    "ValidationException",
    /4KB/,
  ],
  [
    "a database named like one of the engine's",
    (config) => createDatabase(new RDS(config), { DBName: "InnoDB" }),
    "InvalidParameterValue",
    /reserved for this engine/,
  ],
  [
    "an address that is none",
    (config) =>
      new SNS(config).subscribe({
        TopicArn: "arn:aws:sns:us-east-1:350000000001:t",
        Protocol: "email",
        Endpoint: "kim@",
      }),
    "InvalidParameterException",
    /Email address/,
  ],
  [
    "a secret's name with a blank",
    (config) => new SecretsManager(config).createSecret({ Name: "my secret" }),
    "ValidationException",
    /Name/,
  ],
  [
    "a scheduled action's name with a colon",
    (config) =>
      new AutoScaling(config).putScheduledUpdateGroupAction({
        AutoScalingGroupName: "g",
        ScheduledActionName: "a:b",
      }),
    "ValidationError",
    /colon/,
  ],
];

describe("the emulator's validation of requests", function () {
  const emulator = useEmulator();

  for (const [what, request, code, message] of [...againstTheModel, ...againstDocuments]) {
    it(`refuses ${what}`, async () => {
      const refusal = await refusalOf(request(emulator.clientConfig("350000000001")));
      expect(refusal.message).to.match(message);
      expect(refusal.name).to.equal(code);
    });
  }

  it("accepts values at the limits", async () => {
    const config = emulator.clientConfig("350000000002");
    await new IAM(config).createRole({
      RoleName: "r".repeat(64),
      AssumeRolePolicyDocument: trust,
      Tags: [...manyTags(49), tag("k".repeat(128), "값 2 ".repeat(51))],
    });
    await new SNS(config).createTopic({ Name: "t", Tags: manyTags(50) });
    await new EC2(config).createVpc({ CidrBlock: "100.64.0.0/16" });
    await new ACM(config).requestCertificate({ DomainName: `${"a".repeat(52)}.example.com` });
  });

  it("names every violation at once", async () => {
    const request = new IAM(emulator.clientConfig("350000000001")).createRole({
      RoleName: "my role",
      AssumeRolePolicyDocument: trust,
      Description: "d".repeat(1_001),
    });
    expect((await refusalOf(request)).message).to.match(
      /^2 validation errors detected: .*roleName.*; .*description/,
    );
  });
});

describe("the patterns of AWS's models", () => {
  it("can all be translated, for the services that a stack uses", async () => {
    const python = await ensureEnvironment({ report: () => undefined });
    const { stdout } = await promisify(execFile)(python, ["-c", compileAll, ...services], {
      cwd: sources.package,
    });
    expect(Number(stdout)).to.be.greaterThan(200);
  });
});

const services =
  "acm autoscaling cloudwatch ec2 efs elbv2 iam lambda logs rds route53 scheduler secretsmanager sns sqs ssm sts".split(
    " ",
  );

/** Prints the number of patterns; a pattern that cannot be translated is an error. */
const compileAll = `
import sys
import botocore.session
from overlay.java_patterns import satisfies

loader = botocore.session.get_session().get_component("data_loader")
shapes = [
    shape
    for service in sys.argv[1:]
    for shape in loader.load_service_model(service, "service-2")["shapes"].values()
]
patterns = {shape["pattern"] for shape in shapes if "pattern" in shape}
for pattern in patterns:
    satisfies(pattern, "x")
    satisfies(pattern, "값")
print(len(patterns))
`;
