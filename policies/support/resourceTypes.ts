import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

import { canonicalType } from "./typeAliases";

/**
 * The resource types that rules use, by type token. The classes are types only: loading them would take longer than all
 * rules. A test compares each token with its class's.
 */
export interface ResourceTypes {
  "aws:acm/certificate:Certificate": typeof aws.acm.Certificate;
  "aws:appautoscaling/scheduledAction:ScheduledAction": typeof aws.appautoscaling.ScheduledAction;
  "aws:appautoscaling/target:Target": typeof aws.appautoscaling.Target;
  "aws:autoscaling/attachment:Attachment": typeof aws.autoscaling.Attachment;
  "aws:autoscaling/group:Group": typeof aws.autoscaling.Group;
  "aws:autoscaling/policy:Policy": typeof aws.autoscaling.Policy;
  "aws:autoscaling/schedule:Schedule": typeof aws.autoscaling.Schedule;
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment": typeof aws.autoscaling.TrafficSourceAttachment;
  "aws:autoscalingplans/scalingPlan:ScalingPlan": typeof aws.autoscalingplans.ScalingPlan;
  "aws:backup/selection:Selection": typeof aws.backup.Selection;
  "aws:batch/computeEnvironment:ComputeEnvironment": typeof aws.batch.ComputeEnvironment;
  "aws:batch/jobDefinition:JobDefinition": typeof aws.batch.JobDefinition;
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": typeof aws.chatbot.SlackChannelConfiguration;
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": typeof aws.chatbot.TeamsChannelConfiguration;
  "aws:cloud9/environmentEC2:EnvironmentEC2": typeof aws.cloud9.EnvironmentEC2;
  "aws:cloudcontrol/resource:Resource": typeof aws.cloudcontrol.Resource;
  "aws:cloudformation/stack:Stack": typeof aws.cloudformation.Stack;
  "aws:cloudformation/stackSet:StackSet": typeof aws.cloudformation.StackSet;
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": typeof aws.cloudwatch.CompositeAlarm;
  "aws:cloudwatch/eventRule:EventRule": typeof aws.cloudwatch.EventRule;
  "aws:cloudwatch/eventTarget:EventTarget": typeof aws.cloudwatch.EventTarget;
  "aws:cloudwatch/logGroup:LogGroup": typeof aws.cloudwatch.LogGroup;
  "aws:cloudwatch/metricAlarm:MetricAlarm": typeof aws.cloudwatch.MetricAlarm;
  "aws:dax/cluster:Cluster": typeof aws.dax.Cluster;
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": typeof aws.dlm.LifecyclePolicy;
  "aws:dms/replicationInstance:ReplicationInstance": typeof aws.dms.ReplicationInstance;
  "aws:docdb/cluster:Cluster": typeof aws.docdb.Cluster;
  "aws:docdb/clusterInstance:ClusterInstance": typeof aws.docdb.ClusterInstance;
  "aws:docdb/elasticCluster:ElasticCluster": typeof aws.docdb.ElasticCluster;
  "aws:docdb/globalCluster:GlobalCluster": typeof aws.docdb.GlobalCluster;
  "aws:docdb/subnetGroup:SubnetGroup": typeof aws.docdb.SubnetGroup;
  "aws:dynamodb/table:Table": typeof aws.dynamodb.Table;
  "aws:ebs/encryptionByDefault:EncryptionByDefault": typeof aws.ebs.EncryptionByDefault;
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": typeof aws.ebs.SnapshotBlockPublicAccess;
  "aws:ebs/snapshotCopy:SnapshotCopy": typeof aws.ebs.SnapshotCopy;
  "aws:ebs/snapshotImport:SnapshotImport": typeof aws.ebs.SnapshotImport;
  "aws:ebs/volume:Volume": typeof aws.ebs.Volume;
  "aws:ec2/ami:Ami": typeof aws.ec2.Ami;
  "aws:ec2/amiCopy:AmiCopy": typeof aws.ec2.AmiCopy;
  "aws:ec2/amiFromInstance:AmiFromInstance": typeof aws.ec2.AmiFromInstance;
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": typeof aws.ec2.AmiLaunchPermission;
  "aws:ec2/defaultRouteTable:DefaultRouteTable": typeof aws.ec2.DefaultRouteTable;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": typeof aws.ec2.DefaultSecurityGroup;
  "aws:ec2/defaultSubnet:DefaultSubnet": typeof aws.ec2.DefaultSubnet;
  "aws:ec2/defaultVpc:DefaultVpc": typeof aws.ec2.DefaultVpc;
  "aws:ec2/eip:Eip": typeof aws.ec2.Eip;
  "aws:ec2/eipAssociation:EipAssociation": typeof aws.ec2.EipAssociation;
  "aws:ec2/fleet:Fleet": typeof aws.ec2.Fleet;
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": typeof aws.ec2.ImageBlockPublicAccess;
  "aws:ec2/instance:Instance": typeof aws.ec2.Instance;
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": typeof aws.ec2.InstanceMetadataDefaults;
  "aws:ec2/internetGateway:InternetGateway": typeof aws.ec2.InternetGateway;
  "aws:ec2/keyPair:KeyPair": typeof aws.ec2.KeyPair;
  "aws:ec2/launchConfiguration:LaunchConfiguration": typeof aws.ec2.LaunchConfiguration;
  "aws:ec2/launchTemplate:LaunchTemplate": typeof aws.ec2.LaunchTemplate;
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": typeof aws.ec2.MainRouteTableAssociation;
  "aws:ec2/managedPrefixList:ManagedPrefixList": typeof aws.ec2.ManagedPrefixList;
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": typeof aws.ec2.ManagedPrefixListEntry;
  "aws:ec2/natGateway:NatGateway": typeof aws.ec2.NatGateway;
  "aws:ec2/networkAcl:NetworkAcl": typeof aws.ec2.NetworkAcl;
  "aws:ec2/networkInterface:NetworkInterface": typeof aws.ec2.NetworkInterface;
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": typeof aws.ec2.NetworkInterfaceSecurityGroupAttachment;
  "aws:ec2/route:Route": typeof aws.ec2.Route;
  "aws:ec2/routeTable:RouteTable": typeof aws.ec2.RouteTable;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": typeof aws.ec2.RouteTableAssociation;
  "aws:ec2/securityGroup:SecurityGroup": typeof aws.ec2.SecurityGroup;
  "aws:ec2/securityGroupRule:SecurityGroupRule": typeof aws.ec2.SecurityGroupRule;
  "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": typeof aws.ec2.SnapshotCreateVolumePermission;
  "aws:ec2/spotFleetRequest:SpotFleetRequest": typeof aws.ec2.SpotFleetRequest;
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": typeof aws.ec2.SpotInstanceRequest;
  "aws:ec2/subnet:Subnet": typeof aws.ec2.Subnet;
  "aws:ec2/vpc:Vpc": typeof aws.ec2.Vpc;
  "aws:ec2/vpcEndpoint:VpcEndpoint": typeof aws.ec2.VpcEndpoint;
  "aws:ec2/vpcEndpointService:VpcEndpointService": typeof aws.ec2.VpcEndpointService;
  "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": typeof aws.ec2.VpcEndpointServiceAllowedPrinciple;
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": typeof aws.ec2.VpcEndpointSubnetAssociation;
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": typeof aws.ec2.VpcPeeringConnection;
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": typeof aws.ec2transitgateway.InstanceConnectEndpoint;
  "aws:ecs/service:Service": typeof aws.ecs.Service;
  "aws:ecs/taskSet:TaskSet": typeof aws.ecs.TaskSet;
  "aws:efs/accessPoint:AccessPoint": typeof aws.efs.AccessPoint;
  "aws:efs/backupPolicy:BackupPolicy": typeof aws.efs.BackupPolicy;
  "aws:efs/fileSystem:FileSystem": typeof aws.efs.FileSystem;
  "aws:efs/mountTarget:MountTarget": typeof aws.efs.MountTarget;
  "aws:eks/nodeGroup:NodeGroup": typeof aws.eks.NodeGroup;
  "aws:elasticache/replicationGroup:ReplicationGroup": typeof aws.elasticache.ReplicationGroup;
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": typeof aws.elasticbeanstalk.ConfigurationTemplate;
  "aws:elasticbeanstalk/environment:Environment": typeof aws.elasticbeanstalk.Environment;
  "aws:elasticsearch/domain:Domain": typeof aws.elasticsearch.Domain;
  "aws:elb/attachment:Attachment": typeof aws.elb.Attachment;
  "aws:elb/listenerPolicy:ListenerPolicy": typeof aws.elb.ListenerPolicy;
  "aws:elb/loadBalancer:LoadBalancer": typeof aws.elb.LoadBalancer;
  "aws:elb/loadBalancerPolicy:LoadBalancerPolicy": typeof aws.elb.LoadBalancerPolicy;
  "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy": typeof aws.elb.SslNegotiationPolicy;
  "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration": typeof aws.emr.BlockPublicAccessConfiguration;
  "aws:emr/cluster:Cluster": typeof aws.emr.Cluster;
  "aws:emr/instanceFleet:InstanceFleet": typeof aws.emr.InstanceFleet;
  "aws:emr/instanceGroup:InstanceGroup": typeof aws.emr.InstanceGroup;
  "aws:gamelift/fleet:Fleet": typeof aws.gamelift.Fleet;
  "aws:globalaccelerator/listener:Listener": typeof aws.globalaccelerator.Listener;
  "aws:iam/groupPolicy:GroupPolicy": typeof aws.iam.GroupPolicy;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": typeof aws.iam.GroupPolicyAttachment;
  "aws:iam/instanceProfile:InstanceProfile": typeof aws.iam.InstanceProfile;
  "aws:iam/policy:Policy": typeof aws.iam.Policy;
  "aws:iam/policyAttachment:PolicyAttachment": typeof aws.iam.PolicyAttachment;
  "aws:iam/role:Role": typeof aws.iam.Role;
  "aws:iam/rolePolicy:RolePolicy": typeof aws.iam.RolePolicy;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": typeof aws.iam.RolePolicyAttachment;
  "aws:iam/userPolicy:UserPolicy": typeof aws.iam.UserPolicy;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": typeof aws.iam.UserPolicyAttachment;
  "aws:imagebuilder/containerRecipe:ContainerRecipe": typeof aws.imagebuilder.ContainerRecipe;
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": typeof aws.imagebuilder.DistributionConfiguration;
  "aws:imagebuilder/imageRecipe:ImageRecipe": typeof aws.imagebuilder.ImageRecipe;
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": typeof aws.imagebuilder.InfrastructureConfiguration;
  "aws:kms/key:Key": typeof aws.kms.Key;
  "aws:lambda/function:Function": typeof aws.lambda.Function;
  "aws:lambda/functionUrl:FunctionUrl": typeof aws.lambda.FunctionUrl;
  "aws:lambda/layerVersion:LayerVersion": typeof aws.lambda.LayerVersion;
  "aws:lambda/permission:Permission": typeof aws.lambda.Permission;
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": typeof aws.lambda.ProvisionedConcurrencyConfig;
  "aws:lb/listener:Listener": typeof aws.lb.Listener;
  "aws:lb/listenerRule:ListenerRule": typeof aws.lb.ListenerRule;
  "aws:lb/loadBalancer:LoadBalancer": typeof aws.lb.LoadBalancer;
  "aws:lb/targetGroup:TargetGroup": typeof aws.lb.TargetGroup;
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": typeof aws.lb.TargetGroupAttachment;
  "aws:lightsail/database:Database": typeof aws.lightsail.Database;
  "aws:lightsail/instance:Instance": typeof aws.lightsail.Instance;
  "aws:lightsail/instancePublicPorts:InstancePublicPorts": typeof aws.lightsail.InstancePublicPorts;
  "aws:lightsail/staticIpAttachment:StaticIpAttachment": typeof aws.lightsail.StaticIpAttachment;
  "aws:mq/broker:Broker": typeof aws.mq.Broker;
  "aws:msk/cluster:Cluster": typeof aws.msk.Cluster;
  "aws:neptune/cluster:Cluster": typeof aws.neptune.Cluster;
  "aws:neptune/clusterInstance:ClusterInstance": typeof aws.neptune.ClusterInstance;
  "aws:neptune/globalCluster:GlobalCluster": typeof aws.neptune.GlobalCluster;
  "aws:neptune/subnetGroup:SubnetGroup": typeof aws.neptune.SubnetGroup;
  "aws:neptunegraph/graph:Graph": typeof aws.neptunegraph.Graph;
  "aws:opensearch/domain:Domain": typeof aws.opensearch.Domain;
  "aws:pipes/pipe:Pipe": typeof aws.pipes.Pipe;
  "aws:rds/cluster:Cluster": typeof aws.rds.Cluster;
  "aws:rds/clusterInstance:ClusterInstance": typeof aws.rds.ClusterInstance;
  "aws:rds/clusterSnapshot:ClusterSnapshot": typeof aws.rds.ClusterSnapshot;
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": typeof aws.rds.ClusterSnapshotCopy;
  "aws:rds/globalCluster:GlobalCluster": typeof aws.rds.GlobalCluster;
  "aws:rds/instance:Instance": typeof aws.rds.Instance;
  "aws:rds/parameterGroup:ParameterGroup": typeof aws.rds.ParameterGroup;
  "aws:rds/shardGroup:ShardGroup": typeof aws.rds.ShardGroup;
  "aws:rds/snapshot:Snapshot": typeof aws.rds.Snapshot;
  "aws:rds/snapshotCopy:SnapshotCopy": typeof aws.rds.SnapshotCopy;
  "aws:rds/subnetGroup:SubnetGroup": typeof aws.rds.SubnetGroup;
  "aws:redshift/cluster:Cluster": typeof aws.redshift.Cluster;
  "aws:redshift/subnetGroup:SubnetGroup": typeof aws.redshift.SubnetGroup;
  "aws:redshiftserverless/namespace:Namespace": typeof aws.redshiftserverless.Namespace;
  "aws:redshiftserverless/workgroup:Workgroup": typeof aws.redshiftserverless.Workgroup;
  "aws:route53/healthCheck:HealthCheck": typeof aws.route53.HealthCheck;
  "aws:sagemaker/notebookInstance:NotebookInstance": typeof aws.sagemaker.NotebookInstance;
  "aws:scheduler/schedule:Schedule": typeof aws.scheduler.Schedule;
  "aws:scheduler/scheduleGroup:ScheduleGroup": typeof aws.scheduler.ScheduleGroup;
  "aws:secretsmanager/secret:Secret": typeof aws.secretsmanager.Secret;
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": typeof aws.serverlessrepository.CloudFormationStack;
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": typeof aws.servicecatalog.ProvisionedProduct;
  "aws:sns/topic:Topic": typeof aws.sns.Topic;
  "aws:sns/topicSubscription:TopicSubscription": typeof aws.sns.TopicSubscription;
  "aws:sqs/queue:Queue": typeof aws.sqs.Queue;
  "aws:ssm/document:Document": typeof aws.ssm.Document;
  "aws:timestreaminfluxdb/dbCluster:DbCluster": typeof aws.timestreaminfluxdb.DbCluster;
  "aws:timestreaminfluxdb/dbInstance:DbInstance": typeof aws.timestreaminfluxdb.DbInstance;
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": typeof aws.vpc.SecurityGroupEgressRule;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": typeof aws.vpc.SecurityGroupIngressRule;
  "aws:wafv2/webAcl:WebAcl": typeof aws.wafv2.WebAcl;
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": typeof aws.wafv2.WebAclLoggingConfiguration;
  "aws:workspaces/workspace:Workspace": typeof aws.workspaces.Workspace;
}

/** The program's own resource types that rules use. A pack does not import their classes. */
export interface OwnTypes {
  "golden-image:index:GoldenImage": {
    /** The builder's. */
    readonly instanceType: string;
    readonly securityGroupId: string;
    readonly publicAddress: boolean;
    readonly tags: Readonly<Record<string, string>>;
  };
  /** Sets the size of a group that ignores changes of its own minSize, maxSize and desiredCapacity. */
  "golden-image:index:GroupSize": {
    readonly groupName: string;
    readonly minSize: number;
    readonly maxSize: number;
    readonly desiredCapacity: number;
  };
}

/** A resource type's token, e.g. `aws:ec2/launchTemplate:LaunchTemplate`. */
export type Token = keyof ResourceTypes | keyof OwnTypes;

/** The arguments of a resource type, without Outputs. */
export type PropsOf<T extends Token> = T extends keyof OwnTypes
  ? OwnTypes[T]
  : T extends keyof ResourceTypes
    ? ArgsOf<ResourceTypes[T]>
    : never;

type ArgsOf<Class> = Class extends abstract new (
  name: string,
  args: infer Args,
  ...rest: infer _Rest
) => unknown
  ? Unwrap<NonNullable<Args>>
  : never;

/** A resource as the engine shows it, of any type. */
export interface AnyResource {
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  readonly urn: string;
  readonly props: object;
  /** Its provider, which has the region. */
  readonly provider?: { readonly props: object };
  /** Its resource options. */
  readonly opts?: { readonly ignoreChanges?: readonly string[]; readonly protect?: boolean };
}

/** A resource of one known type. */
export interface ResourceOf<T extends Token> extends AnyResource {
  readonly type: T;
  readonly props: PropsOf<T>;
}

/** Whether the program ignores changes of a property: its value is then an old one. */
export function ignores({ opts }: AnyResource, property: string): boolean {
  return opts?.ignoreChanges?.includes(property) === true;
}

/** Whether a resource is of a type; its properties are then the arguments of that type. */
export function isResource<Resource extends AnyResource, T extends Token>(
  resource: Resource,
  token: T,
): resource is Resource & ResourceOf<T> {
  return canonicalType(resource.type) === token;
}
