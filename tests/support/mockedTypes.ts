/** A resource's registration, from which the mocks compute AWS's outputs. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The outputs that AWS adds to a resource's inputs. */
type Outputs = Readonly<Record<string, unknown>>;

export const region = "us-east-1";
export const accountId = "123456789012";

/** The region's zones, which offer all types. */
const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);

const arnOf =
  (service: string, kind = "") =>
  ({ name }: Registration): Outputs => ({
    arn: `arn:aws:${service}:${region}:${accountId}:${kind}${name}`,
  });
const nameAndArnOf =
  (service: string, kind = "") =>
  (registration: Registration): Outputs => ({
    name: registration.name,
    ...arnOf(service, kind)(registration),
  });
const iam =
  (kind: string) =>
  ({ name }: Registration) => ({
    name,
    arn: `arn:aws:iam::${accountId}:${kind}/${name}`,
  });
const nothing = (): Outputs => ({});
const loadBalancing = (kind: string) => (registration: Registration) => ({
  ...nameAndArnOf("elasticloadbalancing", `${kind}/`)(registration),
  arnSuffix: `${kind}/${registration.name}/0123456789abcdef`,
});

/**
 * Every resource type that a program under test may register, with its outputs besides the inputs. A program that
 * registers another type fails. Add the type here with AWS's outputs.
 */
export const mockedTypes: Readonly<Record<string, (registration: Registration) => Outputs>> = {
  "pulumi:pulumi:Stack": nothing,
  "wordpress:network:Network": nothing,
  "wordpress:database:Database": nothing,
  "wordpress:fleet:WordPressFleet": nothing,
  "wordpress:launcher:ScheduledLauncher": nothing,
  "wordpress:monitoring:Monitoring": nothing,
  "aws:cloudwatch/dashboard:Dashboard": nothing,
  "wordpress:pause:ScheduledPause": nothing,
  "wordpress:guard:DestroyGuard": nothing,

  "aws:ec2/vpc:Vpc": arnOf("ec2", "vpc/"),
  "aws:ec2/subnet:Subnet": arnOf("ec2", "subnet/"),
  "aws:ec2/internetGateway:InternetGateway": arnOf("ec2", "internet-gateway/"),
  "aws:ec2/routeTable:RouteTable": arnOf("ec2", "route-table/"),
  "aws:ec2/networkAcl:NetworkAcl": arnOf("ec2", "network-acl/"),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": arnOf("ec2", "security-group/"),
  "aws:ec2/securityGroup:SecurityGroup": arnOf("ec2", "security-group/"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": arnOf("ec2", "security-group-rule/"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": arnOf("ec2", "security-group-rule/"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": nothing,
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": nothing,
  "aws:sesv2/emailIdentity:EmailIdentity": (registration) => ({
    ...arnOf("ses", "identity/")(registration),
    dkimSigningAttributes: { tokens: ["token1", "token2", "token3"] },
  }),
  "aws:ec2/keyPair:KeyPair": ({ name }) => ({ keyName: `${name}-1234567` }),
  "aws:ec2/launchTemplate:LaunchTemplate": (registration) => ({
    ...nameAndArnOf("ec2", "launch-template/")(registration),
    latestVersion: 1,
  }),

  "golden-image:index:GroupSize": nothing,
  "golden-image:index:GoldenImage": ({ name }) => ({ name: `wordpress/test/${name}/0123456789ab-64000001` }),
  "golden-image:index:FleetRollout": nothing,

  "aws:rds/subnetGroup:SubnetGroup": nameAndArnOf("rds", "subgrp:"),
  "aws:rds/parameterGroup:ParameterGroup": nameAndArnOf("rds", "pg:"),
  "aws:rds/instance:Instance": (registration) => ({
    ...arnOf("rds", "db:")(registration),
    identifier: registration.name,
    address: `${registration.name}.abcdefghijkl.${region}.rds.amazonaws.com`,
    port: 3306,
    masterUserSecrets: [
      {
        kmsKeyId: `arn:aws:kms:${region}:${accountId}:key/aws-secretsmanager`,
        secretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!db-1234`,
        secretStatus: "active",
      },
    ],
  }),

  "aws:efs/fileSystem:FileSystem": (registration) => ({
    ...arnOf("elasticfilesystem", "file-system/")(registration),
    dnsName: `${registration.name}.efs.${region}.amazonaws.com`,
  }),
  "aws:efs/fileSystemPolicy:FileSystemPolicy": nothing,
  "aws:efs/mountTarget:MountTarget": nothing,
  "aws:efs/backupPolicy:BackupPolicy": nothing,
  "aws:secretsmanager/secret:Secret": nameAndArnOf("secretsmanager", "secret:"),

  "aws:lb/loadBalancer:LoadBalancer": (registration) => ({
    ...loadBalancing("app")(registration),
    dnsName: `${registration.name}-1234567890.${region}.elb.amazonaws.com`,
    zoneId: "Z35SXDOTRQ7X7K",
  }),
  "aws:lb/targetGroup:TargetGroup": loadBalancing("targetgroup"),
  "aws:lb/listener:Listener": arnOf("elasticloadbalancing", "listener/"),
  "aws:acm/certificate:Certificate": (registration) => ({
    ...arnOf("acm", "certificate/")(registration),
    domainValidationOptions: [
      {
        domainName: registration.inputs["domainName"],
        resourceRecordName: `_check.${String(registration.inputs["domainName"])}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: "_answer.acm-validations.aws.",
      },
    ],
  }),
  "aws:acm/certificateValidation:CertificateValidation": nothing,
  "aws:route53/healthCheck:HealthCheck": arnOf("route53", "healthcheck/"),
  "aws:route53/record:Record": ({ inputs }) => ({ fqdn: inputs["name"] }),

  "aws:autoscaling/group:Group": nameAndArnOf("autoscaling", "autoScalingGroup:"),
  "aws:autoscaling/policy:Policy": nameAndArnOf("autoscaling", "scalingPolicy:"),
  "aws:autoscaling/schedule:Schedule": arnOf("autoscaling", "scheduledUpdateGroupAction:"),
  "aws:autoscaling/notification:Notification": nothing,
  "aws:cloudwatch/metricAlarm:MetricAlarm": nameAndArnOf("cloudwatch", "alarm:"),
  "aws:cloudwatch/logGroup:LogGroup": nameAndArnOf("logs", "log-group:"),
  "aws:sns/topic:Topic": nameAndArnOf("sns"),
  "aws:sns/topicSubscription:TopicSubscription": arnOf("sns"),
  "aws:sqs/queue:Queue": (registration) => ({
    ...nameAndArnOf("sqs")(registration),
    url: `https://sqs.${region}.amazonaws.com/${accountId}/${registration.name}`,
  }),

  "aws:wafv2/webAcl:WebAcl": nameAndArnOf("wafv2", "regional/webacl/"),
  "aws:wafv2/webAclAssociation:WebAclAssociation": nothing,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": nothing,

  "aws:iam/role:Role": iam("role"),
  "aws:iam/rolePolicy:RolePolicy": nothing,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": nothing,
  "aws:iam/instanceProfile:InstanceProfile": iam("instance-profile"),

  "aws:lambda/function:Function": (registration) => ({
    ...nameAndArnOf("lambda", "function:")(registration),
    qualifiedArn: `arn:aws:lambda:${region}:${accountId}:function:${registration.name}:1`,
    version: "1",
  }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": nothing,
  "aws:lambda/functionUrl:FunctionUrl": ({ name }) => ({
    functionUrl: `https://${name}.lambda-url.${region}.on.aws/`,
  }),
  "aws:lambda/permission:Permission": nothing,
  "aws:scheduler/schedule:Schedule": nameAndArnOf("scheduler", "schedule/default/"),
  "aws:scheduler/scheduleGroup:ScheduleGroup": nameAndArnOf("scheduler", "schedule-group/"),
};

/** Every function that a program under test may call, with AWS's result for the arguments. */
export const mockedFunctions: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => Outputs>> =
  {
    "aws:index/getRegion:getRegion": () => ({ region, name: region, id: region }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId }),
    "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com" }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: zones }),
    // No live stack.
    "aws:ec2/getVpcs:getVpcs": () => ({ ids: [] }),
    "aws:rds/getInstances:getInstances": () => ({ instanceIdentifiers: [] }),
    "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": () => ({ locations: zones }),
    "aws:rds/getOrderableDbInstance:getOrderableDbInstance": () => ({ availabilityZones: zones }),
    "aws:ssm/getParameter:getParameter": ({ name }) => ({
      name,
      type: "String",
      value: newestDebianFor(name),
      insecureValue: newestDebianFor(name),
    }),
    "aws:ec2/getAmi:getAmi": ({ filters }) => ({
      rootDeviceName: "/dev/xvda",
      architecture: JSON.stringify(filters).includes(armMark) ? "arm64" : "x86_64",
    }),
    "aws:route53/getZone:getZone": ({ name }) => ({ name, zoneId: "Z0123456789ABCDEFGHIJ" }),
  };

/** The newest Debian images of AWS's public parameters. */
export const newestDebian = "ami-0deb1a00000000013";
export const newestArmDebian = "ami-0deb1aa6400000013";

/** Part of the ids of images for arm64. */
const armMark = "aa64";

function newestDebianFor(parameter: unknown): string {
  return String(parameter).endsWith("/arm64") ? newestArmDebian : newestDebian;
}
