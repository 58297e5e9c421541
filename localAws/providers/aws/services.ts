import { certificate } from "./acm/certificate";
import { certificateValidation } from "./acm/certificateValidation";
import { group } from "./autoscaling/group";
import { notification } from "./autoscaling/notification";
import { policy as scalingPolicy } from "./autoscaling/policy";
import { schedule as scalingSchedule } from "./autoscaling/schedule";
import { dashboard } from "./cloudwatch/dashboard";
import { metricAlarm } from "./cloudwatch/metricAlarm";
import { accessPoint } from "./efs/accessPoint";
import { backupPolicy } from "./efs/backupPolicy";
import { fileSystem } from "./efs/fileSystem";
import { fileSystemPolicy } from "./efs/fileSystemPolicy";
import { mountTarget } from "./efs/mountTarget";
import { listener } from "./elasticloadbalancing/listener";
import { listenerRule } from "./elasticloadbalancing/listenerRule";
import { loadBalancer } from "./elasticloadbalancing/loadBalancer";
import { targetGroup } from "./elasticloadbalancing/targetGroup";
import { getInstanceProfile, getRole } from "./iam/functions";
import { instanceProfile } from "./iam/instanceProfile";
import { policy } from "./iam/policy";
import { role } from "./iam/role";
import { rolePolicy } from "./iam/rolePolicy";
import { rolePolicyAttachment } from "./iam/rolePolicyAttachment";
import { lambdaFunction } from "./lambda/function";
import { functionEventInvokeConfig } from "./lambda/functionEventInvokeConfig";
import { functionUrl } from "./lambda/functionUrl";
import { permission } from "./lambda/permission";
import { logGroup } from "./logs/logGroup";
import { getOrderableDbInstance } from "./rds/getOrderableDbInstance";
import { getSnapshot } from "./rds/getSnapshot";
import { instance } from "./rds/instance";
import { getInstance, getInstances } from "./rds/instanceFunctions";
import { parameterGroup } from "./rds/parameterGroup";
import { subnetGroup } from "./rds/subnetGroup";
import type { AnyResourceType, FunctionType } from "./resourceType";
import { getZone } from "./route53/getZone";
import { healthCheck } from "./route53/healthCheck";
import { record } from "./route53/record";
import { zone } from "./route53/zone";
import { schedule } from "./scheduler/schedule";
import { scheduleGroup } from "./scheduler/scheduleGroup";
import { secret } from "./secretsmanager/secret";
import { emailIdentity } from "./sesv2/emailIdentity";
import { topic } from "./sns/topic";
import { topicPolicy } from "./sns/topicPolicy";
import { topicSubscription } from "./sns/topicSubscription";
import { queue } from "./sqs/queue";
import { queuePolicy } from "./sqs/queuePolicy";
import { getParameter } from "./ssm/getParameter";
import { parameter } from "./ssm/parameter";
import { webAcl } from "./wafv2/webAcl";
import { webAclAssociation } from "./wafv2/webAclAssociation";
import { webAclLoggingConfiguration } from "./wafv2/webAclLoggingConfiguration";

/** The resource types of all services except EC2. */
export const serviceResourceTypes: readonly AnyResourceType[] = [
  certificate,
  certificateValidation,
  group,
  notification,
  scalingPolicy,
  scalingSchedule,
  dashboard,
  metricAlarm,
  accessPoint,
  backupPolicy,
  fileSystem,
  fileSystemPolicy,
  mountTarget,
  listener,
  listenerRule,
  loadBalancer,
  targetGroup,
  instanceProfile,
  policy,
  role,
  rolePolicy,
  rolePolicyAttachment,
  lambdaFunction,
  functionEventInvokeConfig,
  functionUrl,
  permission,
  logGroup,
  instance,
  parameterGroup,
  subnetGroup,
  healthCheck,
  record,
  zone,
  schedule,
  scheduleGroup,
  secret,
  emailIdentity,
  topic,
  topicPolicy,
  topicSubscription,
  queue,
  queuePolicy,
  parameter,
  webAcl,
  webAclAssociation,
  webAclLoggingConfiguration,
];

/** The functions of all services except EC2. */
export const serviceFunctionTypes: readonly FunctionType[] = [
  getInstanceProfile,
  getInstance,
  getInstances,
  getOrderableDbInstance,
  getParameter,
  getRole,
  getSnapshot,
  getZone,
];
