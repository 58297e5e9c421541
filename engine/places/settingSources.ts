/** A property of the program's resources whose value a setting decides. */
export interface SettingSource {
  /** The resource's type token; undefined for a finding about the whole stack. */
  readonly type: string | undefined;
  /** The resources' names. Default: all. */
  readonly name?: RegExp;
  /** The property as a finding names it, or the beginning of its path. Default: all. */
  readonly at?: string | RegExp;
  /** The rule, where the property does not decide it. Default: all. */
  readonly rule?: string;
  /** E.g. `fleet.capacity.min`; `[name]` is the list's item with the resource's own name. */
  readonly setting: string;
  /** The value that fixes the finding. Default: any that the rule allows. */
  readonly to?: string;
}

const group = "aws:autoscaling/group:Group";
const groupSize = "golden-image:index:GroupSize";
const schedule = "aws:autoscaling/schedule:Schedule";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const database = "aws:rds/instance:Instance";
const fileSystem = "aws:efs/fileSystem:FileSystem";
const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const launcher = "aws:lambda/function:Function";
const launchSchedule = "aws:scheduler/schedule:Schedule";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const protect = "options.protect";

/**
 * Where the values of the resources come from, for the properties that rules judge. A test runs the program with other
 * settings and compares. What no setting decides is not here: there the program's line is the place.
 */
export const settingSources: readonly SettingSource[] = [
  { type: group, at: "minSize", setting: "fleet.capacity.min" },
  { type: group, at: "maxSize", setting: "fleet.capacity.max" },
  { type: group, at: "desiredCapacity", setting: "fleet.capacity.desired" },
  { type: groupSize, at: "minSize", setting: "fleet.capacity.min" },
  { type: groupSize, at: "maxSize", setting: "fleet.capacity.max" },
  { type: groupSize, at: "desiredCapacity", setting: "fleet.capacity.desired" },
  { type: group, at: "protectFromScaleIn", setting: "fleet.scaleInProtection", to: "false" },
  { type: group, at: protect, setting: "fleet.loadBalancerDeletionProtection", to: "true" },
  { type: schedule, at: "minSize", setting: "fleet.schedules.[name].min" },
  { type: schedule, at: "maxSize", setting: "fleet.schedules.[name].max" },
  { type: schedule, at: "desiredCapacity", setting: "fleet.schedules.[name].desired" },
  { type: schedule, at: "recurrence", setting: "fleet.schedules.[name].recurrence" },
  { type: schedule, at: "timeZone", setting: "fleet.schedules.[name].timeZone" },
  { type: template, at: "instanceType", setting: "fleet.instanceType" },
  { type: template, at: "keyName", setting: "fleet.keyPairName" },
  { type: template, at: "iamInstanceProfile", setting: "fleet.instanceProfileName" },
  {
    type: template,
    at: /^blockDeviceMappings(\[\d+\])?\.ebs\.volumeSize$/,
    setting: "fleet.rootVolumeGiB",
  },
  { type: "golden-image:index:GoldenImage", at: "instanceType", setting: "fleet.instanceType" },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    at: "deregistrationDelay",
    setting: "fleet.deregistrationDelaySeconds",
  },
  {
    type: loadBalancer,
    at: "enableDeletionProtection",
    setting: "fleet.loadBalancerDeletionProtection",
    to: "true",
  },
  { type: loadBalancer, at: protect, setting: "fleet.loadBalancerDeletionProtection", to: "true" },
  { type: loadBalancer, rule: "production/https-listener", setting: "fleet.domain" },
  { type: listener, at: protect, setting: "fleet.loadBalancerDeletionProtection", to: "true" },
  { type: listener, at: "defaultActions", setting: "fleet.domain" },
  { type: fileSystem, at: protect, setting: "fleet.dataDeletionProtection", to: "true" },
  { type: fileSystem, rule: "production/file-system-backups", setting: "fleet.uploadsBackups", to: "true" },
  {
    type: "aws:secretsmanager/secret:Secret",
    at: protect,
    setting: "fleet.dataDeletionProtection",
    to: "true",
  },
  { type: undefined, rule: "production/alarms-present", setting: "fleet.notificationEmails" },

  { type: database, at: "instanceClass", setting: "database.instanceClass" },
  { type: database, at: "allocatedStorage", setting: "database.allocatedStorageGiB" },
  { type: database, at: "maxAllocatedStorage", setting: "database.maxAllocatedStorageGiB" },
  { type: database, at: "storageType", setting: "database.storageType" },
  { type: database, at: "multiAz", setting: "database.multiAz", to: "true" },
  { type: database, at: "deletionProtection", setting: "database.deletionProtection", to: "true" },
  { type: database, at: protect, setting: "database.deletionProtection", to: "true" },
  { type: database, at: "backupRetentionPeriod", setting: "database.backupRetentionDays" },
  { type: database, at: "skipFinalSnapshot", setting: "database.finalSnapshot", to: "true" },
  { type: logGroup, name: /-database-/, at: "retentionInDays", setting: "database.logRetentionDays" },

  { type: launcher, at: "memorySize", setting: "launcher.memoryMiB" },
  { type: launcher, at: "timeout", setting: "launcher.timeoutSeconds" },
  { type: launcher, at: "role", setting: "launcher.existingRoleArn" },
  { type: launcher, at: "environment.variables.KEY_PAIR_NAME", setting: "launcher.keyPairName" },
  { type: launcher, at: "environment.variables.INSTANCE_TYPE", setting: "launcher.instanceType" },
  { type: launchSchedule, name: /-launch$/, at: "scheduleExpression", setting: "launcher.schedule" },
  { type: launchSchedule, name: /-launch$/, at: "scheduleExpressionTimezone", setting: "launcher.timeZone" },
  { type: launchSchedule, at: "target.roleArn", setting: "launcher.existingRoleArn" },
  { type: logGroup, name: /-launcher$/, at: "retentionInDays", setting: "launcher.logRetentionDays" },
  {
    type: "aws:iam/role:Role",
    name: /-launcher-/,
    rule: "learner-lab/no-iam-creation",
    setting: "launcher.existingRoleArn",
  },
  {
    type: "aws:iam/role:Role",
    name: /-servers$/,
    rule: "learner-lab/no-iam-creation",
    setting: "fleet.instanceProfileName",
  },
  { type: undefined, rule: "learner-lab/lab-server-count", setting: "fleet.capacity.max" },

  {
    type: "aws:ec2/natGateway:NatGateway",
    rule: "production/way-out-in-each-zone",
    setting: "network.natGateways",
    to: "perAz",
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    rule: "production/way-out-in-each-zone",
    setting: "network.interfaceEndpoints",
    to: "perAz",
  },
  { type: "pulumi:providers:aws", at: "region", setting: "aws:region" },
];
