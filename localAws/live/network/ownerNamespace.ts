import type { Interface, Vpc } from "../world";
import { addressAt, prefixLengthOf } from "./ipv4";
import { deviceOf } from "./links";
import { addNamespace, ipBatch } from "./namespaces";

/** The device of an owner, as AWS's images name it. */
export const ownerDevice = "eth0";

/**
 * The addresses and routes of an owner. The prefix is the subnet's, as a server on AWS shows it, but there is no route
 * to the subnet: all packets pass the VPC's router, so that security groups also apply within a subnet.
 */
export function ownerCommands(vpc: Vpc, interfaces: readonly Interface[]): readonly string[] {
  const addresses = interfaces.map(({ id, subnetId, privateIp }) => {
    const subnet = vpc.subnets.find((each) => each.id === subnetId);
    if (subnet === undefined) {
      throw new Error(`The interface ${id} is in ${subnetId}, which the VPC ${vpc.id} does not have.`);
    }
    return { cidr: subnet.cidr, privateIp };
  });
  const [first] = addresses;
  const routers = [...new Set(addresses.map(({ cidr }) => addressAt(cidr, 1)))];
  return [
    ...addresses.map(
      ({ cidr, privateIp }) =>
        `address add ${privateIp}/${prefixLengthOf(cidr)} dev ${ownerDevice} noprefixroute`,
    ),
    ...routers.map((router) => `route add ${router}/32 dev ${ownerDevice} scope link`),
    ...(first === undefined
      ? []
      : [`route add default via ${addressAt(first.cidr, 1)} dev ${ownerDevice} src ${first.privateIp}`]),
  ];
}

/** Creates an owner's namespace with one device. The other end is in the VPC's namespace. */
export async function addOwnerNamespace(owner: string): Promise<void> {
  await addNamespace(owner);
  await ipBatch(owner, ["link set lo up"]);
}

/** Connects the owner's namespace to the VPC's. */
export async function plugIn(owner: string, vpcId: string, device = deviceOf(owner)): Promise<void> {
  await ipBatch(vpcId, [
    `link add ${device} type veth peer name ${ownerDevice} netns ${owner}`,
    `link set ${device} up`,
  ]);
  await ipBatch(owner, [`link set ${ownerDevice} up`]);
}
