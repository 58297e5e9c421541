import { createHash } from "node:crypto";

import type { Interface } from "../world";

/** The owner of network interfaces, connected to a VPC: its device in the VPC's namespace, with all of its addresses. */
export interface Link {
  /** The name of the owner's network namespace. */
  readonly owner: string;
  readonly device: string;
  readonly interfaces: readonly Interface[];
}

/** A NAT gateway, connected to its subnet. */
export interface NatLink {
  readonly id: string;
  readonly subnetId: string;
  readonly device: string;
  readonly privateIp: string;
  readonly publicIp: string | null;
}

/** The VPC's device to the internet. */
export const internetDevice = "igw";

/** The internet's address on its links with all VPCs: a next hop only. */
export const internetHop = "169.254.63.1";

/** The VPC's address on its link with the internet: a next hop, and the source of calls through gateway endpoints. */
export function vpcHop(index: number): string {
  return `169.254.${64 + Math.floor(index / 256)}.${index % 256}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A device's name has at most 15 characters. */
export function deviceOf(owner: string): string {
  return `e${hash(owner).slice(0, 12)}`;
}

/** The internet's device to a VPC. */
export function gatewayDeviceOf(vpcId: string): string {
  return `g${hash(vpcId).slice(0, 12)}`;
}

/** The number of a subnet's routing table. The kernel's own tables have numbers up to 255. */
export function tableOf(subnetId: string): number {
  return 1_000 + (Number.parseInt(hash(subnetId).slice(0, 8), 16) % 1_000_000_000);
}
