import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { RDS } from "@aws-sdk/client-rds";

import type { EmulatorClientConfig } from "../../../support/emulator";
import { clientsOf, type GroupSizes, makeTemplate, makeNetwork, present } from "../../emulator/fleet";

/** A site in an account of the emulator: a group behind a load balancer that tracks its CPU, and a database. */
export async function makeSite(config: EmulatorClientConfig, stack: string, sizes: GroupSizes) {
  const clients = clientsOf(config);
  const elbv2 = new ElasticLoadBalancingV2(config);
  const rds = new RDS(config);
  const network = await makeNetwork(clients);
  const Subnets = [...network.subnetIds];
  const { LoadBalancers } = await elbv2.createLoadBalancer({ Name: "wordpress", Subnets });
  const loadBalancer = present(LoadBalancers?.[0]);
  const { TargetGroups } = await elbv2.createTargetGroup({
    Name: "wordpress-servers",
    Protocol: "HTTP",
    Port: 80,
    VpcId: network.vpcId,
  });
  const targetGroupArn = present(TargetGroups?.[0]?.TargetGroupArn);
  await elbv2.createListener({
    LoadBalancerArn: loadBalancer.LoadBalancerArn,
    Protocol: "HTTP",
    Port: 80,
    DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
  });
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: "wordpress",
    DBSubnetGroupDescription: "wordpress",
    SubnetIds: Subnets,
  });
  const { DBInstance } = await rds.createDBInstance({
    DBInstanceIdentifier: "wordpress-db",
    DBInstanceClass: "db.t4g.micro",
    Engine: "mariadb",
    EngineVersion: "11.4",
    StorageType: "gp3",
    MasterUsername: "administrator",
    ManageMasterUserPassword: true,
    AllocatedStorage: 20,
    DBSubnetGroupName: "wordpress",
  });
  await clients.autoScaling.createAutoScalingGroup({
    AutoScalingGroupName: "web",
    MinSize: sizes.min,
    DesiredCapacity: sizes.desired,
    MaxSize: sizes.max,
    VPCZoneIdentifier: Subnets.join(","),
    LaunchTemplate: { LaunchTemplateId: await makeTemplate(clients, network), Version: "$Latest" },
    DefaultInstanceWarmup: 0,
    TargetGroupARNs: [targetGroupArn],
    Tags: [{ Key: "Stack", Value: stack, PropagateAtLaunch: true }],
  });
  await clients.autoScaling.putScalingPolicy({
    AutoScalingGroupName: "web",
    PolicyName: "cpu",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
      TargetValue: 80,
    },
  });
  const databaseAddress = present(DBInstance?.Endpoint?.Address ?? (await addressOf(rds)));
  return {
    clients,
    outputs: { autoScalingGroupName: "web", targetGroupArn, vpcId: network.vpcId, databaseAddress },
  };
}

async function addressOf(rds: RDS): Promise<string | undefined> {
  const { DBInstances } = await rds.describeDBInstances({ DBInstanceIdentifier: "wordpress-db" });
  return DBInstances?.[0]?.Endpoint?.Address;
}
