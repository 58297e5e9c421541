import * as pulumi from "@pulumi/pulumi";

import { allowing } from "../shared/roles";

/** The resources that the function's role may use. */
export interface FunctionScope {
  /** Prefix of its ARNs: `arn:aws:ec2:us-east-1:123456789012`. */
  readonly ec2Arn: pulumi.Input<string>;
  /** `arn:aws:ec2:us-east-1::image/ami-…`: image ARNs have no account id. */
  readonly imageArn: pulumi.Input<string>;
  /** The value of its servers' owner tag. */
  readonly owner: string;
  readonly instanceType: string;
  readonly keyPairName: string | undefined;
  readonly subnetIds: pulumi.Input<readonly string[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly logGroupArn: pulumi.Input<string>;
  readonly queueArns: readonly pulumi.Input<string>[];
}

/** The tag of the launcher's servers, as in lambda/server.ts. */
const ownerTag = "launcher:owner";

/**
 * The function's policy: it may start only servers of this type and image, with its owner tag, in these subnets,
 * encrypted and without a public address, and may terminate only servers with that tag. It may not pass a role, as the
 * servers have none.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function functionPolicy(scope: FunctionScope): pulumi.Output<string> {
  const { ec2Arn, owner, instanceType, logGroupArn, queueArns } = scope;
  const tagged = { [`aws:RequestTag/${ownerTag}`]: owner };
  const any = (kind: string) => pulumi.interpolate`${ec2Arn}:${kind}/*`;
  return allowing([
    {
      Sid: "StartOnlyTheseServers",
      Action: "ec2:RunInstances",
      Resource: any("instance"),
      Condition: {
        StringEquals: { "ec2:InstanceType": instanceType, "ec2:MetadataHttpTokens": "required", ...tagged },
      },
    },
    {
      Sid: "WithEncryptedVolumes",
      Action: "ec2:RunInstances",
      Resource: any("volume"),
      Condition: { Bool: { "ec2:Encrypted": "true" }, StringEquals: tagged },
    },
    {
      Sid: "WithoutPublicAddresses",
      Action: "ec2:RunInstances",
      Resource: any("network-interface"),
      Condition: { Bool: { "ec2:AssociatePublicIpAddress": "false" }, StringEquals: tagged },
    },
    { Sid: "UseOnlyTheseResources", Action: "ec2:RunInstances", Resource: launchArns(scope) },
    {
      Sid: "TagStartedServers",
      Action: "ec2:CreateTags",
      Resource: ["instance", "volume", "network-interface"].map(any),
      Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
    },
    {
      Sid: "TerminateOnlyOwnServers",
      Action: "ec2:TerminateInstances",
      Resource: any("instance"),
      Condition: { StringEquals: { [`aws:ResourceTag/${ownerTag}`]: owner } },
    },
    // EC2 supports no resource-level permissions for this action.
    { Sid: "DescribeServers", Action: "ec2:DescribeInstances", Resource: "*" },
    {
      Sid: "WriteItsLog",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logGroupArn}:*`,
    },
    { Sid: "SendResults", Action: "sqs:SendMessage", Resource: queueArns },
  ]);
}

/** EventBridge Scheduler may invoke this function, and send events that it cannot deliver to the failures queue. */
export function schedulerPolicy(
  functionArn: pulumi.Input<string>,
  failuresArn: pulumi.Input<string>,
): pulumi.Output<string> {
  return allowing([
    { Sid: "InvokeLauncher", Action: "lambda:InvokeFunction", Resource: functionArn },
    { Sid: "SendFailures", Action: "sqs:SendMessage", Resource: failuresArn },
  ]);
}

function launchArns(scope: FunctionScope): pulumi.Output<string[]> {
  const { ec2Arn, imageArn, subnetIds, securityGroupId, keyPairName } = scope;
  return pulumi
    .all([ec2Arn, imageArn, subnetIds, securityGroupId])
    .apply(([here, image, subnets, group]) => [
      image,
      ...subnets.map((id) => `${here}:subnet/${id}`),
      `${here}:security-group/${group}`,
      ...(keyPairName === undefined ? [] : [`${here}:key-pair/${keyPairName}`]),
    ]);
}
