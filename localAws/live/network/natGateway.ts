import type { Vpc } from "../world";
import { deviceOf, type NatLink } from "./links";
import { applyRuleset, ipBatch, makeRouter } from "./namespaces";
import { addOwnerNamespace, ownerCommands, ownerDevice, plugIn } from "./ownerNamespace";

/**
 * A NAT gateway is a router in its subnet: it replaces the source by its own address, and sends the packets back into
 * the VPC, where its subnet's routes and ACLs apply, as on AWS.
 */
export async function addNatGateway(
  vpc: Vpc,
  gateway: Vpc["natGateways"][number],
  nft: readonly string[],
): Promise<NatLink> {
  const { id, subnetId, privateIp, publicIp } = gateway;
  const device = deviceOf(id);
  await addOwnerNamespace(id);
  await makeRouter(id);
  await plugIn(id, vpc.id, device);
  await ipBatch(id, ownerCommands(vpc, [{ id, subnetId, privateIp, publicIp, groups: [] }]));
  await applyRuleset(
    id,
    nft,
    [
      "table ip nat {",
      "chain translate {",
      "type nat hook postrouting priority srcnat;",
      // Only what the VPC sends here; its ports are those of AWS's NAT gateways.
      `oifname "${ownerDevice}" ip saddr != ${privateIp} meta l4proto { tcp, udp } snat to ${privateIp}:1024-65535`,
      `oifname "${ownerDevice}" ip saddr != ${privateIp} snat to ${privateIp}`,
      "}",
      // Nothing answers on the gateway itself: a router would refuse.
      "chain arriving { type filter hook input priority filter; policy drop; }",
      "}",
      "",
    ].join("\n"),
  );
  return { id, subnetId, device, privateIp, publicIp };
}
