import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

import { zoneCount } from "../shared/zones";
import type { NetworkSettings } from "./options";
import { planSubnets } from "./subnetPlan";

const natStrategy = { none: "None", single: "Single", perAz: "OnePerAz" } as const;

/** The VPC with its public and private subnets, internet gateway, NAT gateways and route tables. */
export function createVpc(
  name: string,
  settings: NetworkSettings,
  tags: Readonly<Record<string, string>>,
  parent: pulumi.Resource,
): awsx.ec2.Vpc {
  const plan = planSubnets(settings.cidrBlock);
  const vpcName = `${name}-vpc`;
  return new awsx.ec2.Vpc(
    vpcName,
    {
      cidrBlock: settings.cidrBlock,
      ...(settings.availabilityZones === undefined
        ? { numberOfAvailabilityZones: zoneCount }
        : { availabilityZoneNames: [...settings.availabilityZones] }),
      natGateways: { strategy: natStrategy[settings.natGateways] },
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Private", cidrMask: plan.privatePrefixLength },
        { type: "Public", cidrMask: plan.publicPrefixLength },
      ],
      // The private DNS name of an interface endpoint needs both.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    },
    { parent, transforms: [withoutPublicAddresses] },
  );
}

/** The VPC's resources, to depend on. */
export function partsOf(vpc: awsx.ec2.Vpc): pulumi.Output<pulumi.Resource[]> {
  return pulumi
    .all([
      vpc.subnets,
      vpc.routeTables,
      vpc.routeTableAssociations,
      vpc.routes,
      vpc.natGateways,
      vpc.eips,
      vpc.internetGateway,
    ])
    .apply((parts) => parts.flat());
}

/**
 * awsx's public subnets assign public addresses to all instances, and no argument changes that. Load balancers and NAT
 * gateways have addresses of their own. The engine calls this for each child, including those that a provider in another
 * process registers.
 */
const withoutPublicAddresses: pulumi.ResourceTransform = ({ type, props, opts }) =>
  type === "aws:ec2/subnet:Subnet" ? { props: { ...props, mapPublicIpOnLaunch: false }, opts } : undefined;
