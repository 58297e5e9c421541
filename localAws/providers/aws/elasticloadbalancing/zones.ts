import type { AwsClients } from "../clients";

/**
 * An Application Load Balancer needs at least two Availability Zones, with one subnet in each.
 * Source: ELB API reference, CreateLoadBalancer.
 * @throws the error that AWS returns and the emulator does not.
 */
export async function requireTwoZones(aws: AwsClients, subnetIds: readonly string[]): Promise<void> {
  const { Subnets = [] } = await (await aws.ec2()).describeSubnets({ SubnetIds: [...subnetIds] });
  const zones = Subnets.map((subnet) => subnet.AvailabilityZone);
  const distinct = new Set(zones);
  if (distinct.size < zones.length) {
    throw new Error(
      `subnets: ${subnetIds.join(", ")} are in ${zones.join(", ")} - allowed: one subnet in each Availability Zone`,
    );
  }
  if (distinct.size < 2) {
    throw new Error(`subnets: ${subnetIds.join(", ")} - allowed: subnets in at least two Availability Zones`);
  }
}
