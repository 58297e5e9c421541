import { group } from "./autoscaling/group";
import { notification } from "./autoscaling/notification";
import { policy as autoScalingPolicy } from "./autoscaling/policy";
import { schedule } from "./autoscaling/schedule";
import { defaultSecurityGroup } from "./ec2/defaultSecurityGroup";
import { eip } from "./ec2/eip";
import { getAmi, getPrefixList } from "./ec2/functions";
import { instance as ec2Instance } from "./ec2/instance";
import { instanceConnectEndpoint } from "./ec2/instanceConnectEndpoint";
import { internetGateway } from "./ec2/internetGateway";
import { launchTemplate } from "./ec2/launchTemplate";
import { natGateway } from "./ec2/natGateway";
import { networkAcl } from "./ec2/networkAcl";
import { networkAclAssociation } from "./ec2/networkAclAssociation";
import { networkAclRule } from "./ec2/networkAclRule";
import { route } from "./ec2/route";
import { routeTable } from "./ec2/routeTable";
import { routeTableAssociation } from "./ec2/routeTableAssociation";
import { securityGroup } from "./ec2/securityGroup";
import { securityGroupIngressRule, securityGroupEgressRule } from "./ec2/securityGroupRules";
import { subnet } from "./ec2/subnet";
import { vpc } from "./ec2/vpc";
import { vpcEndpoint } from "./ec2/vpcEndpoint";
import { listener } from "./elasticloadbalancing/listener";
import { listenerRule } from "./elasticloadbalancing/listenerRule";
import { loadBalancer } from "./elasticloadbalancing/loadBalancer";
import { targetGroup } from "./elasticloadbalancing/targetGroup";
import { getRole, getInstanceProfile } from "./iam/functions";
import { instanceProfile } from "./iam/instanceProfile";
import { policy as iamPolicy } from "./iam/policy";
import { role } from "./iam/role";
import { rolePolicy } from "./iam/rolePolicy";
import { rolePolicyAttachment } from "./iam/rolePolicyAttachment";
import { getRegion, getCallerIdentity, getPartition, getAvailabilityZones } from "./index/functions";
import { logGroup } from "./logs/logGroup";
import { instance as rdsInstance } from "./rds/instance";
import { parameterGroup } from "./rds/parameterGroup";
import { subnetGroup } from "./rds/subnetGroup";
import type { AnyResourceType, FunctionType } from "./resourceType";
import type { Catalogue } from "./service";
import { topic } from "./sns/topic";
import { topicPolicy } from "./sns/topicPolicy";
import { topicSubscription } from "./sns/topicSubscription";
import { queue } from "./sqs/queue";
import { queuePolicy } from "./sqs/queuePolicy";

/** Every resource type that the local provider knows; the program can use no other. */
const types: readonly AnyResourceType[] = [
  autoScalingPolicy,
  defaultSecurityGroup,
  ec2Instance,
  eip,
  group,
  iamPolicy,
  instanceConnectEndpoint,
  instanceProfile,
  internetGateway,
  launchTemplate,
  listener,
  listenerRule,
  loadBalancer,
  logGroup,
  natGateway,
  networkAcl,
  networkAclAssociation,
  networkAclRule,
  notification,
  parameterGroup,
  queue,
  queuePolicy,
  rdsInstance,
  role,
  rolePolicy,
  rolePolicyAttachment,
  route,
  routeTable,
  routeTableAssociation,
  schedule,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
  subnet,
  subnetGroup,
  targetGroup,
  topic,
  topicPolicy,
  topicSubscription,
  vpc,
  vpcEndpoint,
];

/** Every function of the SDK that the local provider knows. */
const functions: readonly FunctionType[] = [
  getAmi,
  getAvailabilityZones,
  getCallerIdentity,
  getInstanceProfile,
  getPartition,
  getPrefixList,
  getRegion,
  getRole,
];

export const catalogue: Catalogue = {
  types: new Map(types.map((type) => [type.token, type])),
  functions: new Map(functions.map((type) => [type.token, type])),
};
