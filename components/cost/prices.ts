/**
 * AWS's on-demand list prices in US dollars in the lab's two regions, us-east-1 and us-west-2, where these prices are the
 * same, as published on the date below. The page at each price is its source and has newer prices. Without taxes and
 * traffic.
 */
export const prices = {
  asOf: "2026-06-01",
  regions: ["us-east-1", "us-west-2"],
  /** Linux, per hour. https://aws.amazon.com/ec2/pricing/on-demand/ */
  instancePerHour: {
    "t2.nano": 0.0058,
    "t2.micro": 0.0116,
    "t2.small": 0.023,
    "t2.medium": 0.0464,
    "t2.large": 0.0928,
    "t3.nano": 0.0052,
    "t3.micro": 0.0104,
    "t3.small": 0.0208,
    "t3.medium": 0.0416,
    "t3.large": 0.0832,
    "t3a.nano": 0.0047,
    "t3a.micro": 0.0094,
    "t3a.small": 0.0188,
    "t3a.medium": 0.0376,
    "t3a.large": 0.0752,
    "t4g.nano": 0.0042,
    "t4g.micro": 0.0084,
    "t4g.small": 0.0168,
    "t4g.medium": 0.0336,
    "t4g.large": 0.0672,
    "m6g.large": 0.077,
    "m6i.large": 0.096,
    "m7g.large": 0.0816,
    "m7i.large": 0.1008,
    "c6g.large": 0.068,
    "c6i.large": 0.085,
    "c7g.large": 0.0725,
    "c7i.large": 0.08925,
  },
  /** MariaDB in one zone, per hour; a standby doubles it. https://aws.amazon.com/rds/mariadb/pricing/ */
  databasePerHour: {
    "db.t3.micro": 0.017,
    "db.t3.small": 0.034,
    "db.t3.medium": 0.068,
    "db.t4g.micro": 0.016,
    "db.t4g.small": 0.032,
    "db.t4g.medium": 0.065,
    "db.t4g.large": 0.129,
    "db.m6g.large": 0.152,
    "db.r6g.large": 0.215,
  },
  /** Per GiB and month, in one zone; a standby doubles it. The same page. */
  databaseStoragePerGiBMonth: { gp2: 0.115, gp3: 0.115 },
  /** Snapshots that remain after their database, per GiB and month. https://aws.amazon.com/rds/mariadb/pricing/ */
  databaseSnapshotPerGiBMonth: 0.095,
  /** gp3, per GiB and month. https://aws.amazon.com/ebs/pricing/ */
  volumePerGiBMonth: 0.08,
  /** Volumes by type, per GiB and month, without provisioned IOPS and throughput. The same page. */
  volumePerGiBMonthOf: { gp2: 0.1, gp3: 0.08, st1: 0.045, sc1: 0.015, standard: 0.05 },
  /** Standard tier, per GiB written and month. The same page. */
  snapshotPerGiBMonth: 0.05,
  /** Per hour, before the traffic-dependent capacity units. https://aws.amazon.com/elasticloadbalancing/pricing/ */
  loadBalancerPerHour: 0.0225,
  /** Of the first generation, per hour, before $0.008 per GB. The same page. */
  classicLoadBalancerPerHour: 0.025,
  /** Per gateway and hour, without its address, before $0.045 per GB through it. https://aws.amazon.com/vpc/pricing/ */
  natGatewayPerHour: 0.045,
  /** Per public IPv4 address and hour, in use or not. The same page. */
  publicIpv4PerHour: 0.005,
  /** Site-to-Site, per connection and hour, before traffic. https://aws.amazon.com/vpn/pricing/ */
  vpnConnectionPerHour: 0.05,
  /** Per endpoint, zone and hour, before $0.01 per GB. https://aws.amazon.com/privatelink/pricing/ */
  interfaceEndpointPerHour: 0.01,
  /**
   * EFS in several zones, Standard, per GiB and month, before $0.03 for each GB read and $0.06 for each written.
   * https://aws.amazon.com/efs/pricing/
   */
  sharedFilesPerGiBMonth: 0.3,
  /** Per hosted zone and month, before queries. https://aws.amazon.com/route53/pricing/ */
  hostedZonePerMonth: 0.5,
  /** Of an endpoint in AWS, per month; the first 50 of an account are free. https://aws.amazon.com/route53/pricing/ */
  healthCheckPerMonth: 0.5,
  /** Extra for HTTPS, per month; never free. The same page. */
  healthCheckWithTlsExtraPerMonth: 1,
  /** Per customer managed key of KMS and month, before rotations and requests. https://aws.amazon.com/kms/pricing/ */
  keyPerMonth: 1,
  /** Per web ACL and month, before $0.60 per million requests. https://aws.amazon.com/waf/pricing/ */
  webAclPerMonth: 5,
  /** Per rule or managed rule group of a web ACL and month. The same page. */
  webAclRulePerMonth: 1,
  /** Per secret and month. https://aws.amazon.com/secrets-manager/pricing/ */
  secretPerMonth: 0.4,
  /** Warm backup storage of EFS, per GiB and month. https://aws.amazon.com/backup/pricing/ */
  sharedFilesBackupPerGiBMonth: 0.05,
  /** Custom and detailed metrics, of the first 10,000, for a month in which each hour has a value. https://aws.amazon.com/cloudwatch/pricing/ */
  metricPerMonth: 0.3,
  /** Stored logs, per GiB and month. The same page. */
  logStoragePerGiBMonth: 0.03,
  /** With more than 50 metrics or after the first three of an account. The same page. */
  dashboardPerMonth: 3,
  /** With one metric at standard resolution; the first 10 of an account are free. The same page. */
  alarmPerMonth: 0.1,
} as const;

/** AWS's hours in a month: a twelfth of 365 days. */
export const hoursPerMonth = 730;
