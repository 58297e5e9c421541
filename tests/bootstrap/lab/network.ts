import { mkdirSync } from "node:fs";

import { run } from "../../../localAws/live/command";
import { addresses } from "./addresses";

/**
 * A bridge in this process's own network namespace. It has no egress route, as a VPC without a NAT gateway: packets
 * to the internet are dropped silently.
 */
export async function makeNetwork(): Promise<void> {
  // Names of namespaces are files; they must be removed with this run.
  mkdirSync("/run/netns", { recursive: true });
  await run(["mount", "-t", "tmpfs", "tmpfs", "/run/netns"]);
  await run(["ip", "link", "set", "lo", "up"]);
  // The bridge has its own MAC address: otherwise it uses a machine's, and changes it when that machine is removed.
  await run(["ip", "link", "add", "br0", "address", "02:00:00:00:00:01", "type", "bridge"]);
  await run(["ip", "address", "add", `${addresses.router}/24`, "dev", "br0"]);
  // Forwarding is off, so packets for other hosts are dropped. A router without a route would refuse them.
  await run(["sysctl", "--quiet", "net.ipv4.ip_forward=0"]);
  const { fileSystem, secretsManager, ses, trustStore, metadata, visitor } = addresses;
  for (const extra of [fileSystem, secretsManager, ses, trustStore, metadata, visitor]) {
    await run(["ip", "address", "add", `${extra}/32`, "dev", "br0"]);
  }
  await run(["ip", "link", "set", "br0", "up"]);
}

/** The file of a machine's network namespace. */
export function namespaceOf(name: string): string {
  return `/run/netns/lab-${name}`;
}

/** Creates a network namespace on the bridge, as a machine's network interface. @returns its path */
export async function plugIn(name: string, address: string): Promise<string> {
  const namespace = `lab-${name}`;
  await run(["ip", "netns", "add", namespace]);
  await run(["ip", "link", "add", `v-${name}`, "type", "veth", "peer", "name", "eth0", "netns", namespace]);
  await run(["ip", "link", "set", `v-${name}`, "master", "br0", "up"]);
  const inside = ["ip", "-n", namespace];
  await run([...inside, "link", "set", "lo", "up"]);
  await run([...inside, "address", "add", `${address}/24`, "dev", "eth0"]);
  await run([...inside, "link", "set", "eth0", "up"]);
  await run([...inside, "route", "add", "default", "via", addresses.router]);
  return namespaceOf(name);
}

/** Disconnects a machine's interface, or connects it again. */
export async function cable(name: string, state: "up" | "down"): Promise<void> {
  await run(["ip", "link", "set", `v-${name}`, state]);
}
