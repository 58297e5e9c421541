/** Controls of other rule sets, for resource types that the packs cover, that the packs omit. */
export interface OmittedControls {
  readonly ids: readonly string[];
  /** Their requirement. */
  readonly what: string;
  readonly why: string;
}

/**
 * Sources: the controls of AWS Foundational Security Best Practices v1.0.0, Checkov 3.3 (its Terraform checks), and
 * RULES.md of cdk-nag 3.0 (AwsSolutions).
 */
export const omittedControls: readonly OmittedControls[] = [
  {
    ids: ["AutoScaling.6"],
    what: "Several instance types in a group",
    why: "The fleet is small and has one burstable type; more types would need tests with several images and sizes.",
  },
  {
    ids: ["AutoScaling.9", "CKV_AWS_315", "CKV_AWS_389"],
    what: "Launch templates instead of launch configurations",
    why: "Accounts created since October 2024 cannot use launch configurations.",
  },
  {
    ids: ["AwsSolutions-AS1"],
    what: "A cooldown period",
    why: "Only simple scaling uses it; target tracking uses the instance warm-up.",
  },
  {
    ids: ["AwsSolutions-AS3"],
    what: "Notifications of all scaling events",
    why: "The fleet has them; a stack without them is not at risk.",
  },
  {
    ids: ["EC2.2", "CKV2_AWS_12"],
    what: "A default security group without rules",
    why: "The network removes its rules. A rule cannot see the default group of a stack that does not manage it.",
  },
  {
    ids: ["EC2.6", "AwsSolutions-VPC7"],
    what: "VPC flow logs",
    why: "They cost more than the rest of a student's stack, and need a log group or a bucket.",
  },
  {
    ids: ["EC2.4", "EC2.7", "EC2.172", "IAM.3", "IAM.4", "IAM.5", "IAM.6", "IAM.7", "IAM.8"],
    what: "States and settings of the account",
    why: "They are not resources of a stack: Security Hub checks them in the account.",
  },
  {
    ids: ["EC2.10", "EC2.55", "EC2.56", "EC2.57", "EC2.58", "EC2.60"],
    what: "Interface endpoints for other services",
    why: "Each costs about $7 a month and zone; the network creates those that the fleet needs.",
  },
  {
    ids: ["EC2.16", "EC2.21", "AwsSolutions-VPC3", "CKV2_AWS_1"],
    what: "Required or forbidden network ACLs",
    why: "The network's ACLs are a second layer behind the security groups, which the rules check. cdk-nag asks for no ACLs.",
  },
  {
    ids: ["EC2.17", "EC2.24", "EC2.180"],
    what: "Single interfaces, no paravirtual types, source and destination checks",
    why: "They are AWS's defaults on every current instance type.",
  },
  {
    ids: ["CKV_AWS_341", "AutoScaling.4"],
    what: "A metadata hop limit of 1",
    why: "The fleet has it. Servers with containers need 2, and IMDSv2 itself prevents the attack.",
  },
  {
    ids: ["CKV_AWS_126", "AwsSolutions-EC28"],
    what: "Detailed monitoring",
    why: "The fleet has it, for target tracking; elsewhere it adds cost, not security.",
  },
  {
    ids: ["CKV_AWS_135", "AwsSolutions-EC29", "CKV2_AWS_41"],
    what: "EBS-optimised, termination-protected servers with a role",
    why: "Current types are EBS-optimised. Auto Scaling replaces instances, and an instance without a role has fewer permissions.",
  },
  {
    ids: ["CKV_AWS_23", "AwsSolutions-EC27", "CKV2_AWS_5", "CKV2_AWS_19"],
    what: "Descriptions on groups and rules; nothing unused",
    why: "This is tidiness, not security; the program's groups and rules have descriptions.",
  },
  {
    ids: ["CKV_AWS_277", "CKV_AWS_382"],
    what: "No rule for all ports, no egress to everywhere",
    why: "The rules check each sensitive port, inside wide ranges too. Servers that install packages must reach the internet.",
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
    what: "Customer managed keys for every encryption",
    why: "AWS managed keys encrypt equally well for free; a customer managed key costs $1 a month and can be deleted by mistake.",
  },
  {
    ids: ["CKV2_AWS_9", "CKV2_AWS_8"],
    what: "AWS Backup plans for disks and databases",
    why: "database-backups and file-system-backups check the backups of the database and the file system; no other resource has data.",
  },
  {
    ids: ["EFS.3", "EFS.4", "EFS.6"],
    what: "Access points with root and user; mount targets in subnets without public addresses",
    why: "no-public-subnet-default checks every subnet; servers of one kind need no access points.",
  },
  {
    ids: ["ELB.4", "CKV_AWS_131", "ELB.12", "CKV_AWS_328"],
    what: "Invalid headers dropped, desync mitigation",
    why: "The load balancer drops them; defensive mitigation is AWS's default.",
  },
  {
    ids: ["ELB.5", "CKV_AWS_91", "AwsSolutions-ELB2"],
    what: "Access logs in S3",
    why: "They need a bucket, which a Learner Lab may deny; the web servers have logs.",
  },
  {
    ids: ["CKV2_AWS_28", "CKV2_AWS_76"],
    what: "A web application firewall",
    why: "It costs $5 a month or more; the site's owner decides.",
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
    why: "WordPress cannot use it. RDS rotates the password every week instead.",
  },
  {
    ids: ["RDS.44", "CKV2_AWS_69"],
    what: "Encryption in transit",
    why: "The program's parameter group requires TLS, as MariaDB 11.8 does by default; a rule would need the parameter of every engine.",
  },
  {
    ids: ["RDS.13", "RDS.35", "CKV_AWS_226", "RDS.16", "RDS.17", "CKV_AWS_313", "CKV2_AWS_60", "CKV_AWS_211"],
    what: "Minor upgrades, tags on snapshots, a current CA",
    why: "The database has them; without them, no data is exposed or lost.",
  },
  {
    ids: ["RDS.19", "RDS.20", "RDS.21", "RDS.22"],
    what: "Subscriptions to RDS events",
    why: "They check existing subscriptions, not whether one exists.",
  },
  {
    ids: ["RDS.23", "AwsSolutions-RDS11", "RDS.24", "RDS.25"],
    what: "Another port, another administrator's name",
    why: "An attacker who can reach the database finds any port; the administrator's name is already not the default.",
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
    what: "The database's security group closed to the internet",
    why: "no-ports-open-to-world checks every group.",
  },
  {
    ids: ["Lambda.5", "CKV_AWS_117"],
    what: "Functions in a VPC, over several zones",
    why: "The launcher calls only AWS's API; in a VPC it would need a NAT gateway or more endpoints.",
  },
  {
    ids: ["CKV_AWS_50", "CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_272"],
    what: "Tracing, reserved concurrency, a dead-letter queue, signed code",
    why: "The launcher has a queue for failures; a Learner Lab has ten concurrent executions in total and no code signing.",
  },
  {
    ids: ["CKV_AWS_338"],
    what: "Logs kept for a year",
    why: "It adds cost. lambda-log-retention requires a retention; the configuration sets the longest one.",
  },
  {
    ids: ["IAM.2", "CKV_AWS_40", "CKV_AWS_273", "AwsSolutions-IAM4"],
    what: "No policies on users, no users, no AWS managed policies",
    why: "The program has no users; AWS updates its managed policy for Session Manager.",
  },
  {
    ids: ["CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"],
    what: "Narrower lists of actions",
    why: "Some actions have no resource (ec2:Describe*), so these checks need exceptions in every program. The rules refuse all actions on all resources, and iam:PassRole on all roles.",
  },
  {
    ids: ["AwsSolutions-SNS3", "AwsSolutions-SQS4", "AwsSolutions-SQS3", "CKV_AWS_26", "CKV_AWS_27"],
    what: "TLS-only topics and queues, encrypted ones, dead-letter queues for queues",
    why: "SQS encrypts by default, AWS's clients use TLS, and no message here is secret.",
  },
];
