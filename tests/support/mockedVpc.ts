import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

type Transforms = readonly pulumi.ResourceTransform[];

/**
 * The outputs of `awsx.ec2.Vpc`: the children that the program uses, with the official provider's names, with public
 * subnets that assign public addresses, and registered with the component's transforms.
 */
export async function mockedVpc(name: string, transforms: Transforms) {
  const publicSubnets = await mockedSubnets(`${name}-public`, true, transforms);
  const privateSubnets = await mockedSubnets(`${name}-private`, false, transforms);
  return {
    vpcId: `${name}-id`,
    publicSubnetIds: publicSubnets.map(({ id }) => id),
    privateSubnetIds: privateSubnets.map(({ id }) => id),
    subnets: [...publicSubnets, ...privateSubnets],
    routeTableAssociations: [],
    routes: [],
    natGateways: [],
    eips: [],
    internetGateway: new aws.ec2.InternetGateway(`${name}-gateway`, { vpcId: `${name}-id` }),
    routeTables: [`${name}-public`, `${name}-private`].flatMap((tier) =>
      zones.map((zone) => new aws.ec2.RouteTable(`${tier}-${zone}`, { vpcId: `${name}-id` })),
    ),
  };
}

/** The number that the program requests. */
const zones = ["1", "2"];

async function mockedSubnets(tier: string, mapPublicIpOnLaunch: boolean, transforms: Transforms) {
  const subnets: aws.ec2.Subnet[] = [];
  for (const zone of zones) {
    const name = `${tier}-${zone}`;
    const args = { vpcId: `${tier}-vpc-id`, mapPublicIpOnLaunch };
    subnets.push(new aws.ec2.Subnet(name, await transformed(name, args, transforms)));
  }
  return subnets;
}

async function transformed(
  name: string,
  args: aws.ec2.SubnetArgs,
  transforms: Transforms,
): Promise<aws.ec2.SubnetArgs> {
  let props = args;
  for (const transform of transforms) {
    const result = await transform({ custom: true, type: "aws:ec2/subnet:Subnet", name, props, opts: {} });
    props = { ...props, ...result?.props };
  }
  return props;
}
