import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeNetwork, makeSite, makeTemplate, safeInstance, world, zones } from "./parts";

type Site = ReturnType<typeof makeSite>;

const direct = (program: PolicyCase["program"]) => bad("http-only-from-load-balancer", program);
const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });
const sizes = { minSize: 2, maxSize: 4, protectFromScaleIn: true };

/** A site with an ingress rule more for its servers. */
const siteWith = (changed: Partial<aws.vpc.SecurityGroupIngressRuleArgs>) => (n: string) => {
  const site = makeSite(n);
  new aws.vpc.SecurityGroupIngressRule(`${n}-more`, {
    securityGroupId: site.serverGroup.id,
    ...{ ipProtocol: "tcp", fromPort: 80, toPort: 80 },
    ...changed,
  });
  return site;
};

/** A site with a rule of the older type more. */
const siteWithRule =
  (changed: Partial<aws.ec2.SecurityGroupRuleArgs>, program: (n: string) => Site = makeSite) =>
  (n: string) =>
    new aws.ec2.SecurityGroupRule(`${n}-more`, {
      type: "ingress",
      securityGroupId: program(n).serverGroup.id,
      ...tcp(80),
      ...changed,
    });

const openGroup = (n: string, { vpc }: Site["network"]) =>
  new aws.ec2.SecurityGroup(`${n}-open`, { vpcId: vpc.id, ingress: [{ ...tcp(80), cidrBlocks: [world] }] });

/** HTTP to a fleet's servers. */
export const httpIngress: PolicyCases = {
  "http-foreign-sg-beside": direct((n) =>
    makeSite(n, {
      template: ({ serverGroup }) => ({
        networkInterfaces: [
          { associatePublicIpAddress: "false", securityGroups: [serverGroup.id, "sg-0world"] },
        ],
      }),
    }),
  ),
  "http-foreign-sg-second-nic": direct((n) =>
    makeSite(n, {
      template: ({ serverGroup }) => ({
        networkInterfaces: [
          { associatePublicIpAddress: "false", securityGroups: [serverGroup.id] },
          { deviceIndex: 1, securityGroups: ["sg-0world"] },
        ],
      }),
    }),
  ),
  "http-foreign-vpc-sg-ids": direct((n) =>
    makeSite(n, {
      template: ({ serverGroup }) => ({ vpcSecurityGroupIds: [serverGroup.id, "sg-0world"] }),
    }),
  ),
  "http-foreign-sg-name": direct((n) => makeSite(n, { template: () => ({ securityGroupNames: ["open"] }) })),
  "http-open-sg-beside": direct((n) =>
    makeSite(n, {
      template: ({ serverGroup, network }) => ({
        networkInterfaces: [
          {
            associatePublicIpAddress: "false",
            securityGroups: [serverGroup.id, openGroup(n, network).id],
          },
        ],
      }),
    }),
  ),
  "http-launchconfig": direct((n) => {
    const { vpc, c, d } = makeNetwork(n);
    const ingress = [{ ...tcp(80), cidrBlocks: [world] }];
    const servers = new aws.ec2.SecurityGroup(n, { vpcId: vpc.id, ingress });
    const { name: launchConfiguration } = new aws.ec2.LaunchConfiguration(n, {
      ...{ imageId: "ami-1", instanceType: "t3.micro", securityGroups: [servers.id] },
    });
    new aws.autoscaling.Group(n, { ...sizes, vpcZoneIdentifiers: [c.id, d.id], launchConfiguration });
  }),
  "http-launchconfig-foreign": direct((n) => {
    const { c, d } = makeNetwork(n);
    const { name: launchConfiguration } = new aws.ec2.LaunchConfiguration(n, {
      ...{ imageId: "ami-1", instanceType: "t3.micro", securityGroups: ["sg-0world"] },
    });
    new aws.autoscaling.Group(n, { ...sizes, vpcZoneIdentifiers: [c.id, d.id], launchConfiguration });
  }),
  "http-self": direct(siteWithRule({ self: true })),
  "http-own-group": direct((n) => {
    const { serverGroup } = makeSite(n);
    new aws.vpc.SecurityGroupIngressRule(`${n}-more`, {
      securityGroupId: serverGroup.id,
      referencedSecurityGroupId: serverGroup.id,
      ...{ ipProtocol: "tcp", fromPort: 80, toPort: 80 },
    });
  }),
  "http-mixed-instances": direct((n) => {
    const site = makeSite(n);
    const template = makeTemplate(`${n}-2`, openGroup(n, site.network).id);
    new aws.autoscaling.Group(`${n}-2`, {
      ...{ ...sizes, ...zones(site) },
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: { launchTemplateId: template.id } },
      },
    });
  }),
  "http-mixed-override": direct((n) => {
    const site = makeSite(n);
    const open = makeTemplate(`${n}-2`, openGroup(n, site.network).id);
    new aws.autoscaling.Group(`${n}-2`, {
      ...{ ...sizes, ...zones(site) },
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: site.template.id },
          overrides: [
            {
              instanceType: "t4g.micro",
              launchTemplateSpecification: { launchTemplateId: open.id },
            },
          ],
        },
      },
    });
  }),
  "http-ec2-fleet": direct((n) => {
    const { network } = makeSite(n);
    const open = makeTemplate(`${n}-2`, openGroup(n, network).id);
    new aws.ec2.Fleet(n, {
      launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: open.id, version: "1" } }],
      targetCapacitySpecification: { defaultTargetCapacityType: "on-demand", totalTargetCapacity: 2 },
    });
  }),
  "http-spot-fleet": direct((n) => {
    const { network, targetGroup } = makeSite(n);
    new aws.ec2.SpotFleetRequest(n, {
      ...{ iamFleetRole: "r", targetCapacity: 2, targetGroupArns: [targetGroup.arn] },
      launchSpecifications: [
        {
          ...{ ami: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: false },
          vpcSecurityGroupIds: [openGroup(n, network).id],
        },
      ],
    });
  }),
  "http-instance-target": direct((n) => {
    const { network, targetGroup } = makeSite(n);
    const server = new aws.ec2.Instance(n, {
      ...safeInstance,
      vpcSecurityGroupIds: [openGroup(n, network).id],
    });
    new aws.lb.TargetGroupAttachment(n, { targetGroupArn: targetGroup.arn, targetId: server.id });
  }),
  "http-upper-TCP": direct(siteWithRule({ protocol: "TCP", cidrBlocks: [world] })),
  "http-number-6": direct(siteWith({ ipProtocol: "6", cidrIpv4: world })),
  "http-all-protocols": direct(
    siteWith({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/16", ...{ fromPort: -1, toPort: -1 } }),
  ),
  "http-nlb-world": direct(siteWith({ cidrIpv4: world })),
  "http-ipv6-world": direct(siteWith({ cidrIpv6: "::/0" })),
  "http-vpc-range": direct(siteWith({ cidrIpv4: "10.0.0.0/16" })),
  "http-in-range": direct(siteWith({ fromPort: 1, toPort: 1024, cidrIpv4: world })),
  "http-quic": direct(siteWith({ ipProtocol: "udp", fromPort: 443, toPort: 443, cidrIpv4: world })),
  "http-foreign-source": direct(siteWith({ referencedSecurityGroupId: "sg-0other" })),
  "http-prefix-list": direct(siteWith({ prefixListId: "pl-0fbadfbad" })),
  "http-port-8000": direct(siteWith({ fromPort: 8000, toPort: 8000, cidrIpv4: world })),
  "http-port-8443": direct(siteWith({ fromPort: 8443, toPort: 8443, cidrIpv4: world })),
  "http-port-9443": direct(siteWith({ fromPort: 9443, toPort: 9443, cidrIpv4: world })),
  "http-inline": direct((n) =>
    makeSite(n, {
      template: ({ network }) => ({
        networkInterfaces: [
          { associatePublicIpAddress: "false", securityGroups: [openGroup(n, network).id] },
        ],
      }),
    }),
  ),

  "fp-http-old-rule": good((n) => {
    const { serverGroup, balancerGroup } = makeSite(n);
    new aws.ec2.SecurityGroupRule(`${n}-more`, {
      type: "ingress",
      ...tcp(443),
      securityGroupId: serverGroup.id,
      sourceSecurityGroupId: balancerGroup.id,
    });
  }),
  "fp-http-inline": good((n) =>
    makeSite(n, {
      template: ({ network, balancerGroup }) => {
        const servers = new aws.ec2.SecurityGroup(`${n}-inline`, {
          vpcId: network.vpc.id,
          ingress: [{ ...tcp(80), securityGroups: [balancerGroup.id] }],
        });
        return { networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [servers.id] }] };
      },
    }),
  ),
  "fp-http-two-groups": good((n) =>
    makeSite(n, {
      template: ({ network, serverGroup }) => {
        const efs = new aws.ec2.SecurityGroup(`${n}-efs`, { vpcId: network.vpc.id });
        return {
          networkInterfaces: [
            { associatePublicIpAddress: "false", securityGroups: [serverGroup.id, efs.id] },
          ],
        };
      },
    }),
  ),
  "fp-http-ssh-from-vpc": good(siteWith({ fromPort: 22, toPort: 22, cidrIpv4: "10.0.0.0/16" })),
  "fp-http-icmp": good(siteWith({ ipProtocol: "icmp", fromPort: -1, toPort: -1, cidrIpv4: world })),
  "fp-http-alb-alias": good((n) => {
    const { serverGroup, network } = makeSite(n);
    const other = new aws.ec2.SecurityGroup(`${n}-alb`, { vpcId: network.vpc.id });
    new aws.alb.LoadBalancer(n, {
      ...{ loadBalancerType: "application", enableDeletionProtection: true },
      securityGroups: [other.id],
      subnets: [network.a.id, network.b.id],
    });
    new aws.vpc.SecurityGroupIngressRule(`${n}-more`, {
      securityGroupId: serverGroup.id,
      referencedSecurityGroupId: other.id,
      ...{ ipProtocol: "tcp", fromPort: 80, toPort: 80 },
    });
  }),
  "fp-http-instance-apart": good(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, vpcSecurityGroupIds: ["sg-0bastion"] }),
  ),
  "fp-http-mixed": good((n) => {
    const site = makeSite(n);
    new aws.autoscaling.Group(`${n}-2`, {
      ...{ ...sizes, ...zones(site) },
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: site.template.id },
          overrides: [{ instanceType: "t3a.micro" }],
        },
      },
    });
  }),
};
