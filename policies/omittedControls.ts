/** A rule of someone else's, for resource types that we have rules for, that we do not have. */
export interface OmittedControls {
  readonly ids: readonly string[];
  /** What they ask for. */
  readonly what: string;
  readonly why: string;
}

/**
 * Sources: the control list of AWS Foundational Security Best Practices v1.0.0, Checkov 3.3 (Terraform's
 * checks), and RULES.md of cdk-nag 3.0 (AwsSolutions).
 */
export const omittedControls: readonly OmittedControls[] = [
  {
    ids: ["AutoScaling.6"],
    what: "Several instance types in a group",
    why: "A small fleet of one burstable type; more would need several images and sizes to be tested.",
  },
  {
    ids: ["AutoScaling.9", "CKV_AWS_315", "CKV_AWS_389"],
    what: "Launch templates instead of launch configurations",
    why: "Accounts made since October 2024 cannot use launch configurations at all.",
  },
  {
    ids: ["AwsSolutions-AS1"],
    what: "A cooldown period",
    why: "It only matters to simple scaling; target tracking goes by the instance warm-up.",
  },
  {
    ids: ["AwsSolutions-AS3"],
    what: "Notifications of all scaling events",
    why: "The fleet has them; a stack without them is no danger.",
  },
  {
    ids: ["EC2.2", "CKV2_AWS_12"],
    what: "A default security group without rules",
    why: "The network empties it. A stack that does not take it over cannot be judged from its resources.",
  },
  {
    ids: ["EC2.6", "AwsSolutions-VPC7"],
    what: "VPC flow logs",
    why: "They cost more than the rest of a student's stack, and need a log group or a bucket to look through.",
  },
  {
    ids: ["EC2.4", "EC2.7", "EC2.172", "IAM.3", "IAM.4", "IAM.5", "IAM.6", "IAM.7", "IAM.8"],
    what: "States and settings of the account",
    why: "No resource of a stack: Security Hub watches them in the running account.",
  },
  {
    ids: ["EC2.10", "EC2.55", "EC2.56", "EC2.57", "EC2.58", "EC2.60"],
    what: "Interface endpoints for other services",
    why: "Each costs about $7 a month and zone; the network makes those that the fleet needs.",
  },
  {
    ids: ["EC2.16", "EC2.21", "AwsSolutions-VPC3", "CKV2_AWS_1"],
    what: "What network ACLs must or must not be",
    why: "Ours are a second fence behind the security groups, which the rules hold. cdk-nag would rather have none.",
  },
  {
    ids: ["EC2.17", "EC2.24", "EC2.180"],
    what: "Single interfaces, no paravirtual types, source and destination checks",
    why: "AWS's own defaults on every instance type of today.",
  },
  {
    ids: ["CKV_AWS_341", "AutoScaling.4"],
    what: "A metadata hop limit of 1",
    why: "The fleet has it. Servers that run containers need 2, and version 2 is what stops the attack.",
  },
  {
    ids: ["CKV_AWS_126", "AwsSolutions-EC28"],
    what: "Detailed monitoring",
    why: "The fleet has it, for target tracking; elsewhere it is money, not safety.",
  },
  {
    ids: ["CKV_AWS_135", "AwsSolutions-EC29", "CKV2_AWS_41"],
    what: "EBS-optimised, termination-protected servers with a role",
    why: "Today's types are EBS-optimised. Servers of a group come and go, and one without a role has less to lose.",
  },
  {
    ids: ["CKV_AWS_46", "CKV_AWS_45"],
    what: "No secrets in user data or a function's environment",
    why: "They look for the form of AWS's own keys. Here the password is never known to the program: see database-password.",
  },
  {
    ids: ["CKV_AWS_23", "AwsSolutions-EC27", "CKV2_AWS_5", "CKV2_AWS_19"],
    what: "Descriptions on groups and rules; nothing unused",
    why: "Good order, not safety; ours have descriptions.",
  },
  {
    ids: ["CKV_AWS_277", "CKV_AWS_382"],
    what: "No rule for all ports, none out to everywhere",
    why: "The ports that matter are judged one by one, also inside wide ranges. Servers that set themselves up must reach the internet.",
  },
  {
    ids: [
      "CKV_AWS_189",
      "CKV_AWS_184",
      "CKV_AWS_158",
      "CKV_AWS_173",
      "CKV_AWS_297",
      "CKV_AWS_327",
      "CKV_AWS_354",
    ],
    what: "Keys of one's own (CMK) for every encryption",
    why: "AWS's keys encrypt as well, at no charge; an own key costs $1 a month each and can be deleted by mistake.",
  },
  {
    ids: ["CKV2_AWS_9", "CKV2_AWS_8"],
    what: "AWS Backup plans for disks and databases",
    why: "The database's own backups are held by database-backups, the file system's by file-system-backups; nothing else holds data.",
  },
  {
    ids: ["EFS.3", "EFS.4", "EFS.6"],
    what: "Access points with root and user; mount targets in subnets without public addresses",
    why: "The last is held for every subnet by no-public-subnet-default; servers of one kind need no access points.",
  },
  {
    ids: ["ELB.4", "CKV_AWS_131", "ELB.12", "CKV_AWS_328"],
    what: "Invalid headers dropped, desync mitigation",
    why: "The load balancer drops them; defensive mitigation is AWS's default.",
  },
  {
    ids: ["ELB.5", "CKV_AWS_91", "AwsSolutions-ELB2"],
    what: "Access logs in S3",
    why: "They need a bucket, which a Learner Lab may deny; the web servers have logs of their own.",
  },
  {
    ids: ["CKV2_AWS_28", "CKV2_AWS_76"],
    what: "A web application firewall",
    why: "$5 a month and more for each; a decision for the site's owner.",
  },
  {
    ids: ["CKV_AWS_152", "CKV_AWS_261", "CKV_AWS_378"],
    what: "Cross-zone balancing, a defined health check, HTTPS to the targets",
    why: "The first two are an application load balancer's defaults and the fleet's; behind it, HTTP stays inside the VPC between two security groups.",
  },
  {
    ids: ["RDS.6", "CKV_AWS_118", "CKV_AWS_353"],
    what: "Enhanced monitoring, Performance Insights",
    why: "Enhanced monitoring is denied in a Learner Lab and costs elsewhere.",
  },
  {
    ids: ["RDS.9", "RDS.42", "CKV_AWS_129"],
    what: "Database logs in CloudWatch",
    why: "The database exports its error and slow-query logs; a stack without them is no danger.",
  },
  {
    ids: ["RDS.10", "RDS.12", "CKV_AWS_161", "CKV_AWS_162", "AwsSolutions-RDS6"],
    what: "IAM authentication",
    why: "WordPress cannot use it. RDS renews the password every week instead.",
  },
  {
    ids: ["RDS.44", "CKV2_AWS_69"],
    what: "Encryption in transit",
    why: "Our parameter group requires TLS, and MariaDB 11.8 does so by itself; the rule would have to know every engine's parameter.",
  },
  {
    ids: ["RDS.13", "RDS.35", "CKV_AWS_226", "RDS.16", "RDS.17", "CKV_AWS_313", "CKV2_AWS_60", "CKV_AWS_211"],
    what: "Minor upgrades, tags on snapshots, a current CA",
    why: "The database has them; none of them opens or loses anything.",
  },
  {
    ids: ["RDS.19", "RDS.20", "RDS.21", "RDS.22"],
    what: "Subscriptions to RDS events",
    why: "They judge subscriptions that exist, not that there is one.",
  },
  {
    ids: ["RDS.23", "AwsSolutions-RDS11", "RDS.24", "RDS.25"],
    what: "Another port, another administrator's name",
    why: "Who reaches the port finds it wherever it is; the name is ours already.",
  },
  {
    ids: [
      "RDS.14",
      "CKV_AWS_326",
      "AwsSolutions-RDS14",
      "AwsSolutions-RDS16",
      "RDS.34",
      "RDS.37",
      "RDS.45",
      "CKV_AWS_324",
      "CKV_AWS_325",
    ],
    what: "Aurora's backtracking and audit logs",
    why: "The program has no Aurora.",
  },
  {
    ids: ["AwsSolutions-RDS8"],
    what: "The database's security group closed to the world",
    why: "no-ports-open-to-world holds it for every group.",
  },
  {
    ids: ["Lambda.5", "CKV_AWS_117"],
    what: "Functions in a VPC, over several zones",
    why: "The launcher calls AWS's API alone; in a VPC it would need a NAT gateway or more endpoints.",
  },
  {
    ids: ["CKV_AWS_50", "CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_272"],
    what: "Tracing, reserved concurrency, a dead-letter queue, signed code",
    why: "The launcher has a queue for failures; a Learner Lab has ten concurrent executions to share and no code signing to offer.",
  },
  {
    ids: ["CKV_AWS_338"],
    what: "Logs kept for a year",
    why: "Money: lambda-log-retention asks for an end, and the configuration for which.",
  },
  {
    ids: ["IAM.2", "CKV_AWS_40", "CKV_AWS_273", "AwsSolutions-IAM4"],
    what: "No policies on users, no users, no policies of AWS's making",
    why: "The program has no users; AWS's policy for Session Manager is kept current by AWS.",
  },
  {
    ids: [
      "CKV_AWS_60",
      "CKV_AWS_61",
      "CKV_AWS_287",
      "CKV_AWS_288",
      "CKV_AWS_289",
      "CKV_AWS_290",
      "CKV_AWS_355",
    ],
    what: "Trust policies, and lists of actions that should be narrowed",
    why: "Some actions take no resource (ec2:Describe*): their lists need exceptions in every program. Everything on everything, and PassRole, are refused.",
  },
  {
    ids: ["AwsSolutions-SNS3", "AwsSolutions-SQS4", "AwsSolutions-SQS3", "CKV_AWS_26", "CKV_AWS_27"],
    what: "TLS-only topics and queues, encrypted ones, dead-letter queues for queues",
    why: "SQS encrypts by itself, AWS's clients speak TLS, and no message here is a secret.",
  },
];
