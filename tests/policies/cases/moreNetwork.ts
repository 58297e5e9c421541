import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { makeNetwork, world } from "./parts";

/** A network load balancer with a listener; without security groups it lets everything in. */
const makeNlb =
  (port: number, changed: Partial<aws.lb.LoadBalancerArgs> = {}, protocol = "TCP") =>
  (n: string) => {
    const { a, b, vpc } = makeNetwork(n);
    const balancer = new aws.lb.LoadBalancer(n, {
      ...{ loadBalancerType: "network", subnets: [a.id, b.id], ...changed },
    });
    const target = new aws.lb.TargetGroup(n, { port, protocol, vpcId: vpc.id });
    new aws.lb.Listener(n, {
      ...{ loadBalancerArn: balancer.arn, port, protocol },
      defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
    });
  };

const pipe = (assignPublicIp: string) => (n: string) => {
  new aws.pipes.Pipe(n, {
    ...{ roleArn: "arn:aws:iam::123456789012:role/r", source: "arn:aws:sqs:us-east-1:123456789012:q" },
    target: "arn:aws:ecs:us-east-1:123456789012:cluster/c",
    targetParameters: {
      ecsTaskParameters: {
        taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/t",
        networkConfiguration: { awsVpcConfiguration: { subnets: ["subnet-1"], assignPublicIp } },
      },
    },
  });
};

const batchJob = (assignPublicIp: string) => (n: string) => {
  new aws.batch.JobDefinition(n, {
    ...{ type: "container", platformCapabilities: ["FARGATE"] },
    containerProperties: JSON.stringify({ image: "busybox", networkConfiguration: { assignPublicIp } }),
  });
};

/** More ways into a network, and what looks like one. */
export const moreNetwork: PolicyCases = {
  "ssh-nlb-without-group": bad("no-ports-open-to-world", makeNlb(22)),
  "mysql-nlb-without-group": bad("no-ports-open-to-world", makeNlb(3306)),
  "snmp-nlb-without-group": bad("no-ports-open-to-world", makeNlb(161, {}, "UDP")),
  "fp-ssh-nlb-internal": good(makeNlb(22, { internal: true })),
  "fp-ssh-nlb-with-group": good((n) => {
    const group = new aws.ec2.SecurityGroup(`${n}-group`, { vpcId: "vpc-1" });
    makeNlb(22, { securityGroups: [group.id] })(n);
  }),
  "fp-smtp-nlb": good(makeNlb(587)),
  "ssh-global-accelerator": bad("no-ports-open-to-world", (n) => {
    const accelerator = new aws.globalaccelerator.Accelerator(n, {});
    new aws.globalaccelerator.Listener(n, {
      ...{ acceleratorArn: accelerator.arn, protocol: "TCP", portRanges: [{ fromPort: 20, toPort: 30 }] },
    });
  }),
  "fp-https-global-accelerator": good((n) => {
    const accelerator = new aws.globalaccelerator.Accelerator(n, {});
    new aws.globalaccelerator.Listener(n, {
      ...{ acceleratorArn: accelerator.arn, protocol: "TCP", portRanges: [{ fromPort: 443, toPort: 443 }] },
    });
  }),
  "ssh-behind-closed-acl": bad("no-ports-open-to-world", (n) => {
    const { vpc, c } = makeNetwork(n);
    new aws.ec2.NetworkAcl(n, { vpcId: vpc.id, subnetIds: [c.id] });
    new aws.ec2.SecurityGroup(n, {
      vpcId: vpc.id,
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [world] }],
    });
  }),
  "fp-open-acl": good((n) => {
    const { vpc, c } = makeNetwork(n);
    const acl = new aws.ec2.NetworkAcl(n, { vpcId: vpc.id, subnetIds: [c.id] });
    new aws.ec2.NetworkAclRule(n, {
      ...{ networkAclId: acl.id, ruleNumber: 100, protocol: "-1", ruleAction: "allow", cidrBlock: world },
    });
  }),
  "ssh-ipv6-zeros": bad("no-ports-open-to-world", (n) => {
    new aws.ec2.SecurityGroup(n, {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["0:0::0/0"] }],
    });
  }),
  "ssh-mapped-ipv4": bad("no-ports-open-to-world", (n) => {
    new aws.vpc.SecurityGroupIngressRule(n, {
      ...{ securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "000.0.0.0/0" },
    });
  }),
  "ip-pipe-task": bad("no-public-address", pipe("ENABLED")),
  "fp-pipe-task": good(pipe("DISABLED")),
  "ip-batch-job": bad("no-public-address", batchJob("ENABLED")),
  "fp-batch-job": good(batchJob("DISABLED")),
  "fp-eip-of-nlb": good((n) => {
    const { a, b } = makeNetwork(n);
    const address = new aws.ec2.Eip(n, { domain: "vpc" });
    const other = new aws.ec2.Eip(`${n}-other`, { domain: "vpc" });
    new aws.lb.LoadBalancer(n, {
      loadBalancerType: "network",
      subnetMappings: [
        { subnetId: a.id, allocationId: address.id },
        { subnetId: b.id, allocationId: other.id },
      ],
    });
  }),
  "db-lightsail-public": bad("database-not-public", (n) => {
    new aws.lightsail.Database(n, {
      ...{ blueprintId: "mysql_8_0", bundleId: "micro_2_0", masterDatabaseName: "site" },
      ...{
        masterUsername: "admin",
        masterPassword: "x",
        relationalDatabaseName: n,
        publiclyAccessible: true,
      },
    });
  }),
};
