import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { GoldenImage } from "../../../components/wordpressFleet/goldenImage/goldenImage";
import { GroupSize } from "../../../components/wordpressFleet/groupSize/groupSize";
import type { OwnTypes, ResourceTypes } from "../../../policies/support/resourceTypes";
import { runUnderMocks } from "../../support/mocks";

/** The compiler compares the classes' types with the table, the test their tokens. */
const classes: ResourceTypes = {
  "aws:acm/certificate:Certificate": aws.acm.Certificate,
  "aws:appautoscaling/scheduledAction:ScheduledAction": aws.appautoscaling.ScheduledAction,
  "aws:appautoscaling/target:Target": aws.appautoscaling.Target,
  "aws:autoscaling/attachment:Attachment": aws.autoscaling.Attachment,
  "aws:autoscaling/group:Group": aws.autoscaling.Group,
  "aws:autoscaling/policy:Policy": aws.autoscaling.Policy,
  "aws:autoscaling/schedule:Schedule": aws.autoscaling.Schedule,
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment": aws.autoscaling.TrafficSourceAttachment,
  "aws:autoscalingplans/scalingPlan:ScalingPlan": aws.autoscalingplans.ScalingPlan,
  "aws:backup/selection:Selection": aws.backup.Selection,
  "aws:batch/computeEnvironment:ComputeEnvironment": aws.batch.ComputeEnvironment,
  "aws:batch/jobDefinition:JobDefinition": aws.batch.JobDefinition,
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": aws.chatbot.SlackChannelConfiguration,
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": aws.chatbot.TeamsChannelConfiguration,
  "aws:cloud9/environmentEC2:EnvironmentEC2": aws.cloud9.EnvironmentEC2,
  "aws:cloudcontrol/resource:Resource": aws.cloudcontrol.Resource,
  "aws:cloudformation/stack:Stack": aws.cloudformation.Stack,
  "aws:cloudformation/stackSet:StackSet": aws.cloudformation.StackSet,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": aws.cloudwatch.CompositeAlarm,
  "aws:cloudwatch/eventRule:EventRule": aws.cloudwatch.EventRule,
  "aws:cloudwatch/eventTarget:EventTarget": aws.cloudwatch.EventTarget,
  "aws:cloudwatch/logGroup:LogGroup": aws.cloudwatch.LogGroup,
  "aws:cloudwatch/metricAlarm:MetricAlarm": aws.cloudwatch.MetricAlarm,
  "aws:dax/cluster:Cluster": aws.dax.Cluster,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": aws.dlm.LifecyclePolicy,
  "aws:dms/replicationInstance:ReplicationInstance": aws.dms.ReplicationInstance,
  "aws:docdb/cluster:Cluster": aws.docdb.Cluster,
  "aws:docdb/clusterInstance:ClusterInstance": aws.docdb.ClusterInstance,
  "aws:docdb/elasticCluster:ElasticCluster": aws.docdb.ElasticCluster,
  "aws:docdb/globalCluster:GlobalCluster": aws.docdb.GlobalCluster,
  "aws:docdb/subnetGroup:SubnetGroup": aws.docdb.SubnetGroup,
  "aws:dynamodb/table:Table": aws.dynamodb.Table,
  "aws:ebs/encryptionByDefault:EncryptionByDefault": aws.ebs.EncryptionByDefault,
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": aws.ebs.SnapshotBlockPublicAccess,
  "aws:ebs/snapshotCopy:SnapshotCopy": aws.ebs.SnapshotCopy,
  "aws:ebs/snapshotImport:SnapshotImport": aws.ebs.SnapshotImport,
  "aws:ebs/volume:Volume": aws.ebs.Volume,
  "aws:ec2/ami:Ami": aws.ec2.Ami,
  "aws:ec2/amiCopy:AmiCopy": aws.ec2.AmiCopy,
  "aws:ec2/amiFromInstance:AmiFromInstance": aws.ec2.AmiFromInstance,
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": aws.ec2.AmiLaunchPermission,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": aws.ec2.DefaultRouteTable,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": aws.ec2.DefaultSecurityGroup,
  "aws:ec2/defaultSubnet:DefaultSubnet": aws.ec2.DefaultSubnet,
  "aws:ec2/defaultVpc:DefaultVpc": aws.ec2.DefaultVpc,
  "aws:ec2/eip:Eip": aws.ec2.Eip,
  "aws:ec2/eipAssociation:EipAssociation": aws.ec2.EipAssociation,
  "aws:ec2/fleet:Fleet": aws.ec2.Fleet,
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": aws.ec2.ImageBlockPublicAccess,
  "aws:ec2/instance:Instance": aws.ec2.Instance,
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": aws.ec2.InstanceMetadataDefaults,
  "aws:ec2/internetGateway:InternetGateway": aws.ec2.InternetGateway,
  "aws:ec2/keyPair:KeyPair": aws.ec2.KeyPair,
  "aws:ec2/launchConfiguration:LaunchConfiguration": aws.ec2.LaunchConfiguration,
  "aws:ec2/launchTemplate:LaunchTemplate": aws.ec2.LaunchTemplate,
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": aws.ec2.MainRouteTableAssociation,
  "aws:ec2/managedPrefixList:ManagedPrefixList": aws.ec2.ManagedPrefixList,
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": aws.ec2.ManagedPrefixListEntry,
  "aws:ec2/natGateway:NatGateway": aws.ec2.NatGateway,
  "aws:ec2/networkAcl:NetworkAcl": aws.ec2.NetworkAcl,
  "aws:ec2/networkInterface:NetworkInterface": aws.ec2.NetworkInterface,
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment":
    aws.ec2.NetworkInterfaceSecurityGroupAttachment,
  "aws:ec2/vpcEndpointService:VpcEndpointService": aws.ec2.VpcEndpointService,
  "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple":
    aws.ec2.VpcEndpointServiceAllowedPrinciple,
  "aws:elasticache/replicationGroup:ReplicationGroup": aws.elasticache.ReplicationGroup,
  "aws:elasticsearch/domain:Domain": aws.elasticsearch.Domain,
  "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration":
    aws.emr.BlockPublicAccessConfiguration,
  "aws:gamelift/fleet:Fleet": aws.gamelift.Fleet,
  "aws:globalaccelerator/listener:Listener": aws.globalaccelerator.Listener,
  "aws:imagebuilder/containerRecipe:ContainerRecipe": aws.imagebuilder.ContainerRecipe,
  "aws:lightsail/database:Database": aws.lightsail.Database,
  "aws:mq/broker:Broker": aws.mq.Broker,
  "aws:msk/cluster:Cluster": aws.msk.Cluster,
  "aws:opensearch/domain:Domain": aws.opensearch.Domain,
  "aws:pipes/pipe:Pipe": aws.pipes.Pipe,
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack":
    aws.serverlessrepository.CloudFormationStack,
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": aws.servicecatalog.ProvisionedProduct,
  "aws:ssm/document:Document": aws.ssm.Document,
  "aws:ec2/route:Route": aws.ec2.Route,
  "aws:ec2/routeTable:RouteTable": aws.ec2.RouteTable,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": aws.ec2.RouteTableAssociation,
  "aws:ec2/securityGroup:SecurityGroup": aws.ec2.SecurityGroup,
  "aws:ec2/securityGroupRule:SecurityGroupRule": aws.ec2.SecurityGroupRule,
  "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission":
    aws.ec2.SnapshotCreateVolumePermission,
  "aws:ec2/spotFleetRequest:SpotFleetRequest": aws.ec2.SpotFleetRequest,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": aws.ec2.SpotInstanceRequest,
  "aws:ec2/subnet:Subnet": aws.ec2.Subnet,
  "aws:ec2/vpc:Vpc": aws.ec2.Vpc,
  "aws:ec2/vpcEndpoint:VpcEndpoint": aws.ec2.VpcEndpoint,
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": aws.ec2.VpcEndpointSubnetAssociation,
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": aws.ec2.VpcPeeringConnection,
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint":
    aws.ec2transitgateway.InstanceConnectEndpoint,
  "aws:ecs/service:Service": aws.ecs.Service,
  "aws:ecs/taskSet:TaskSet": aws.ecs.TaskSet,
  "aws:efs/accessPoint:AccessPoint": aws.efs.AccessPoint,
  "aws:efs/backupPolicy:BackupPolicy": aws.efs.BackupPolicy,
  "aws:efs/fileSystem:FileSystem": aws.efs.FileSystem,
  "aws:efs/mountTarget:MountTarget": aws.efs.MountTarget,
  "aws:eks/nodeGroup:NodeGroup": aws.eks.NodeGroup,
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate":
    aws.elasticbeanstalk.ConfigurationTemplate,
  "aws:elasticbeanstalk/environment:Environment": aws.elasticbeanstalk.Environment,
  "aws:elb/attachment:Attachment": aws.elb.Attachment,
  "aws:elb/listenerPolicy:ListenerPolicy": aws.elb.ListenerPolicy,
  "aws:elb/loadBalancer:LoadBalancer": aws.elb.LoadBalancer,
  "aws:elb/loadBalancerPolicy:LoadBalancerPolicy": aws.elb.LoadBalancerPolicy,
  "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy": aws.elb.SslNegotiationPolicy,
  "aws:emr/cluster:Cluster": aws.emr.Cluster,
  "aws:emr/instanceFleet:InstanceFleet": aws.emr.InstanceFleet,
  "aws:emr/instanceGroup:InstanceGroup": aws.emr.InstanceGroup,
  "aws:iam/groupPolicy:GroupPolicy": aws.iam.GroupPolicy,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": aws.iam.GroupPolicyAttachment,
  "aws:iam/instanceProfile:InstanceProfile": aws.iam.InstanceProfile,
  "aws:iam/policy:Policy": aws.iam.Policy,
  "aws:iam/policyAttachment:PolicyAttachment": aws.iam.PolicyAttachment,
  "aws:iam/role:Role": aws.iam.Role,
  "aws:iam/rolePolicy:RolePolicy": aws.iam.RolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": aws.iam.RolePolicyAttachment,
  "aws:iam/userPolicy:UserPolicy": aws.iam.UserPolicy,
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": aws.iam.UserPolicyAttachment,
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration":
    aws.imagebuilder.DistributionConfiguration,
  "aws:imagebuilder/imageRecipe:ImageRecipe": aws.imagebuilder.ImageRecipe,
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration":
    aws.imagebuilder.InfrastructureConfiguration,
  "aws:kms/key:Key": aws.kms.Key,
  "aws:lambda/function:Function": aws.lambda.Function,
  "aws:lambda/functionUrl:FunctionUrl": aws.lambda.FunctionUrl,
  "aws:lambda/layerVersion:LayerVersion": aws.lambda.LayerVersion,
  "aws:lambda/permission:Permission": aws.lambda.Permission,
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig":
    aws.lambda.ProvisionedConcurrencyConfig,
  "aws:lb/listener:Listener": aws.lb.Listener,
  "aws:lb/listenerRule:ListenerRule": aws.lb.ListenerRule,
  "aws:lb/loadBalancer:LoadBalancer": aws.lb.LoadBalancer,
  "aws:lb/targetGroup:TargetGroup": aws.lb.TargetGroup,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": aws.lb.TargetGroupAttachment,
  "aws:lightsail/instance:Instance": aws.lightsail.Instance,
  "aws:lightsail/instancePublicPorts:InstancePublicPorts": aws.lightsail.InstancePublicPorts,
  "aws:lightsail/staticIpAttachment:StaticIpAttachment": aws.lightsail.StaticIpAttachment,
  "aws:neptune/cluster:Cluster": aws.neptune.Cluster,
  "aws:neptune/clusterInstance:ClusterInstance": aws.neptune.ClusterInstance,
  "aws:neptune/globalCluster:GlobalCluster": aws.neptune.GlobalCluster,
  "aws:neptune/subnetGroup:SubnetGroup": aws.neptune.SubnetGroup,
  "aws:neptunegraph/graph:Graph": aws.neptunegraph.Graph,
  "aws:rds/cluster:Cluster": aws.rds.Cluster,
  "aws:rds/clusterInstance:ClusterInstance": aws.rds.ClusterInstance,
  "aws:rds/clusterSnapshot:ClusterSnapshot": aws.rds.ClusterSnapshot,
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": aws.rds.ClusterSnapshotCopy,
  "aws:rds/globalCluster:GlobalCluster": aws.rds.GlobalCluster,
  "aws:rds/instance:Instance": aws.rds.Instance,
  "aws:rds/parameterGroup:ParameterGroup": aws.rds.ParameterGroup,
  "aws:rds/shardGroup:ShardGroup": aws.rds.ShardGroup,
  "aws:rds/snapshot:Snapshot": aws.rds.Snapshot,
  "aws:rds/snapshotCopy:SnapshotCopy": aws.rds.SnapshotCopy,
  "aws:rds/subnetGroup:SubnetGroup": aws.rds.SubnetGroup,
  "aws:redshift/cluster:Cluster": aws.redshift.Cluster,
  "aws:redshift/subnetGroup:SubnetGroup": aws.redshift.SubnetGroup,
  "aws:redshiftserverless/namespace:Namespace": aws.redshiftserverless.Namespace,
  "aws:redshiftserverless/workgroup:Workgroup": aws.redshiftserverless.Workgroup,
  "aws:route53/healthCheck:HealthCheck": aws.route53.HealthCheck,
  "aws:sagemaker/notebookInstance:NotebookInstance": aws.sagemaker.NotebookInstance,
  "aws:scheduler/schedule:Schedule": aws.scheduler.Schedule,
  "aws:scheduler/scheduleGroup:ScheduleGroup": aws.scheduler.ScheduleGroup,
  "aws:secretsmanager/secret:Secret": aws.secretsmanager.Secret,
  "aws:sns/topic:Topic": aws.sns.Topic,
  "aws:sns/topicSubscription:TopicSubscription": aws.sns.TopicSubscription,
  "aws:sqs/queue:Queue": aws.sqs.Queue,
  "aws:timestreaminfluxdb/dbCluster:DbCluster": aws.timestreaminfluxdb.DbCluster,
  "aws:timestreaminfluxdb/dbInstance:DbInstance": aws.timestreaminfluxdb.DbInstance,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": aws.vpc.SecurityGroupEgressRule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": aws.vpc.SecurityGroupIngressRule,
  "aws:wafv2/webAcl:WebAcl": aws.wafv2.WebAcl,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": aws.wafv2.WebAclLoggingConfiguration,
  "aws:workspaces/workspace:Workspace": aws.workspaces.Workspace,
};

/** The arguments of the program's own types that rules use. */
const builder: OwnTypes["golden-image:index:GoldenImage"] = {
  instanceType: "t3.micro",
  securityGroupId: "sg-0a0a0a0a",
  publicAddress: true,
  tags: {},
};
const size: OwnTypes["golden-image:index:GroupSize"] = {
  groupName: "fleet",
  minSize: 1,
  maxSize: 3,
  desiredCapacity: 2,
};
const own: { readonly [T in keyof OwnTypes]: { readonly args: OwnTypes[T]; readonly make: () => unknown } } =
  {
    "golden-image:index:GoldenImage": {
      args: builder,
      make: () =>
        new GoldenImage("image", {
          contentHash: "0a0a0a0a0a0a",
          baseImageId: "ami-0a0a0a0a",
          rootDeviceName: "/dev/xvda",
          subnetId: "subnet-0a0a0a0a",
          region: "us-east-1",
          ...builder,
        }),
    },
    "golden-image:index:GroupSize": {
      args: size,
      make: () => new GroupSize("fleet", { enforced: false, region: "us-east-1", ...size }),
    },
  };

describe("the table of resource types", () => {
  for (const [token, type] of Object.entries(classes)) {
    it(`knows ${token} by its class's token`, () => {
      expect(Reflect.get(type, "__pulumiType")).to.equal(token);
    });
  }

  for (const [token, { args, make }] of Object.entries(own)) {
    it(`knows ${token} as the program registers it`, async () => {
      const { resources } = await runUnderMocks(make);
      expect(resources.map(({ type }) => type)).to.deep.equal([token]);
      expect(resources[0]?.inputs).to.deep.include(args);
    });
  }
});
