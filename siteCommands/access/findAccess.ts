import type { Stack } from "../stack/stack";
import type { FleetServer } from "./servers";
import type { Access } from "./signIn";

const sshPort = 22;

/** Asks AWS how a user can sign in to this server. */
export async function findAccess(stack: Stack, server: FleetServer): Promise<Access> {
  const [hasEndpoint, sshFrom] = await Promise.all([
    hasConnectEndpoint(stack, server),
    sshSources(stack, server),
  ]);
  return { server, hasEndpoint, sshFrom, region: stack.region };
}

async function hasConnectEndpoint({ clients }: Stack, { vpcId }: FleetServer): Promise<boolean> {
  const { InstanceConnectEndpoints = [] } = await (
    await clients.ec2()
  ).describeInstanceConnectEndpoints({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  return InstanceConnectEndpoints.some(({ State }) => State === "create-complete");
}

/** The endpoint's own rule names its security group, not a range. */
async function sshSources({ clients }: Stack, { securityGroupIds }: FleetServer): Promise<readonly string[]> {
  if (securityGroupIds.length === 0) return [];
  const { SecurityGroups = [] } = await (
    await clients.ec2()
  ).describeSecurityGroups({ GroupIds: [...securityGroupIds] });
  return SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions)
    .filter(({ FromPort = 0, ToPort = 65_535 }) => FromPort <= sshPort && sshPort <= ToPort)
    .flatMap(({ IpRanges = [] }) => IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []));
}

/** The public key of a key pair; `undefined` when the key pair no longer exists. */
export async function publicKeyOf({ clients }: Stack, keyName: string): Promise<string | undefined> {
  const { KeyPairs = [] } = await (
    await clients.ec2()
  ).describeKeyPairs({ Filters: [{ Name: "key-name", Values: [keyName] }], IncludePublicKey: true });
  return KeyPairs[0]?.PublicKey;
}
