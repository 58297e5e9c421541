import type { AwsClients } from "../../../../localAws/providers/aws/clients";

type Three = readonly [string, string, string];

/** Three subnets of the account's default VPC, each in another Availability Zone, in the zones' order. */
export async function defaultSubnets(aws: AwsClients): Promise<Three> {
  const { Subnets = [] } = await (await aws.ec2()).describeSubnets({});
  const inOrder = Subnets.map(
    ({ AvailabilityZone = "", SubnetId = "" }) => [AvailabilityZone, SubnetId] as const,
  )
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([, id]) => id);
  const [first, second, third] = inOrder;
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error(`the default VPC has ${String(inOrder.length)} subnets`);
  }
  return [first, second, third];
}

/** The account's default VPC. */
export async function defaultVpc(aws: AwsClients): Promise<string> {
  const { Vpcs } = await (await aws.ec2()).describeVpcs({});
  const id = Vpcs?.[0]?.VpcId;
  if (id === undefined) throw new Error("the account has no default VPC");
  return id;
}

/** A new security group in the default VPC. */
export async function securityGroup(aws: AwsClients, GroupName: string): Promise<string> {
  const made = await (
    await aws.ec2()
  ).createSecurityGroup({ GroupName, Description: GroupName, VpcId: await defaultVpc(aws) });
  if (made.GroupId === undefined) throw new Error("a security group without an id");
  return made.GroupId;
}

/** A new launch template, by default with an existing image of the emulator. */
export async function launchTemplate(aws: AwsClients, name: string, imageId?: string): Promise<string> {
  const ec2 = await aws.ec2();
  const { Images } = await ec2.describeImages({ Owners: ["136693071363"] });
  const made = await ec2.createLaunchTemplate({
    LaunchTemplateName: name,
    LaunchTemplateData: { ImageId: imageId ?? Images?.[0]?.ImageId, InstanceType: "t3.micro" },
  });
  const id = made.LaunchTemplate?.LaunchTemplateId;
  if (id === undefined) throw new Error("a launch template without an id");
  return id;
}
