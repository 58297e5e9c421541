import type { AnyResource, PropsOf, Token } from "./resourceTypes";
import { canonicalType } from "./typeAliases";

/** The types whose tags are a map. An Auto Scaling group has a list instead. */
type Taggable = {
  [T in Token]: "tags" extends keyof PropsOf<T>
    ? PropsOf<T>["tags"] extends Tags | undefined
      ? T
      : never
    : never;
}[Token];

export type Tags = Readonly<Record<string, string>>;

// A record, so that the compiler reports a missing type.
const taggable: Readonly<Record<Taggable, true>> = {
  "aws:acm/certificate:Certificate": true,
  "aws:appautoscaling/target:Target": true,
  "aws:batch/computeEnvironment:ComputeEnvironment": true,
  "aws:batch/jobDefinition:JobDefinition": true,
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": true,
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": true,
  "aws:cloud9/environmentEC2:EnvironmentEC2": true,
  "aws:cloudformation/stack:Stack": true,
  "aws:cloudformation/stackSet:StackSet": true,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": true,
  "aws:cloudwatch/eventRule:EventRule": true,
  "aws:cloudwatch/logGroup:LogGroup": true,
  "aws:cloudwatch/metricAlarm:MetricAlarm": true,
  "aws:dax/cluster:Cluster": true,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": true,
  "aws:dms/replicationInstance:ReplicationInstance": true,
  "aws:docdb/cluster:Cluster": true,
  "aws:docdb/clusterInstance:ClusterInstance": true,
  "aws:docdb/elasticCluster:ElasticCluster": true,
  "aws:docdb/subnetGroup:SubnetGroup": true,
  "aws:dynamodb/table:Table": true,
  "aws:ebs/snapshotCopy:SnapshotCopy": true,
  "aws:ebs/snapshotImport:SnapshotImport": true,
  "aws:ebs/volume:Volume": true,
  "aws:ec2/ami:Ami": true,
  "aws:ec2/amiCopy:AmiCopy": true,
  "aws:ec2/amiFromInstance:AmiFromInstance": true,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": true,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": true,
  "aws:ec2/defaultSubnet:DefaultSubnet": true,
  "aws:ec2/defaultVpc:DefaultVpc": true,
  "aws:ec2/eip:Eip": true,
  "aws:ec2/fleet:Fleet": true,
  "aws:ec2/instance:Instance": true,
  "aws:ec2/internetGateway:InternetGateway": true,
  "aws:ec2/keyPair:KeyPair": true,
  "aws:ec2/launchTemplate:LaunchTemplate": true,
  "aws:ec2/managedPrefixList:ManagedPrefixList": true,
  "aws:ec2/natGateway:NatGateway": true,
  "aws:ec2/networkAcl:NetworkAcl": true,
  "aws:ec2/networkInterface:NetworkInterface": true,
  "aws:ec2/routeTable:RouteTable": true,
  "aws:ec2/securityGroup:SecurityGroup": true,
  "aws:ec2/spotFleetRequest:SpotFleetRequest": true,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": true,
  "aws:ec2/subnet:Subnet": true,
  "aws:ec2/vpc:Vpc": true,
  "aws:ec2/vpcEndpoint:VpcEndpoint": true,
  "aws:ec2/vpcEndpointService:VpcEndpointService": true,
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": true,
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": true,
  "aws:ecs/service:Service": true,
  "aws:ecs/taskSet:TaskSet": true,
  "aws:efs/accessPoint:AccessPoint": true,
  "aws:efs/fileSystem:FileSystem": true,
  "aws:eks/nodeGroup:NodeGroup": true,
  "aws:elasticache/replicationGroup:ReplicationGroup": true,
  "aws:elasticbeanstalk/environment:Environment": true,
  "aws:elasticsearch/domain:Domain": true,
  "aws:elb/loadBalancer:LoadBalancer": true,
  "aws:emr/cluster:Cluster": true,
  "aws:gamelift/fleet:Fleet": true,
  "aws:iam/instanceProfile:InstanceProfile": true,
  "aws:iam/policy:Policy": true,
  "aws:iam/role:Role": true,
  "aws:imagebuilder/containerRecipe:ContainerRecipe": true,
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": true,
  "aws:imagebuilder/imageRecipe:ImageRecipe": true,
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": true,
  "aws:kms/key:Key": true,
  "aws:lambda/function:Function": true,
  "aws:lb/listener:Listener": true,
  "aws:lb/listenerRule:ListenerRule": true,
  "aws:lb/loadBalancer:LoadBalancer": true,
  "aws:lb/targetGroup:TargetGroup": true,
  "aws:lightsail/database:Database": true,
  "aws:lightsail/instance:Instance": true,
  "aws:mq/broker:Broker": true,
  "aws:msk/cluster:Cluster": true,
  "aws:neptune/cluster:Cluster": true,
  "aws:neptune/clusterInstance:ClusterInstance": true,
  "aws:neptune/subnetGroup:SubnetGroup": true,
  "aws:neptunegraph/graph:Graph": true,
  "aws:opensearch/domain:Domain": true,
  "aws:pipes/pipe:Pipe": true,
  "aws:rds/cluster:Cluster": true,
  "aws:rds/clusterInstance:ClusterInstance": true,
  "aws:rds/clusterSnapshot:ClusterSnapshot": true,
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": true,
  "aws:rds/globalCluster:GlobalCluster": true,
  "aws:rds/instance:Instance": true,
  "aws:rds/parameterGroup:ParameterGroup": true,
  "aws:rds/shardGroup:ShardGroup": true,
  "aws:rds/snapshot:Snapshot": true,
  "aws:rds/snapshotCopy:SnapshotCopy": true,
  "aws:rds/subnetGroup:SubnetGroup": true,
  "aws:redshift/cluster:Cluster": true,
  "aws:redshift/subnetGroup:SubnetGroup": true,
  "aws:redshiftserverless/namespace:Namespace": true,
  "aws:redshiftserverless/workgroup:Workgroup": true,
  "aws:route53/healthCheck:HealthCheck": true,
  "aws:sagemaker/notebookInstance:NotebookInstance": true,
  "aws:scheduler/scheduleGroup:ScheduleGroup": true,
  "aws:secretsmanager/secret:Secret": true,
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": true,
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": true,
  "aws:sns/topic:Topic": true,
  "aws:sqs/queue:Queue": true,
  "aws:ssm/document:Document": true,
  "aws:timestreaminfluxdb/dbCluster:DbCluster": true,
  "aws:timestreaminfluxdb/dbInstance:DbInstance": true,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": true,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": true,
  "aws:workspaces/workspace:Workspace": true,
  "golden-image:index:GoldenImage": true,
};

/** Whether a type has a map of tags. */
export function isTaggableType(type: string): boolean {
  return Object.hasOwn(taggable, canonicalType(type));
}

/** Whether a resource's type has a map of tags. */
export function isTaggable<Resource extends AnyResource>(
  resource: Resource,
): resource is Resource & { readonly props: { readonly tags?: Tags } } {
  return isTaggableType(resource.type);
}
