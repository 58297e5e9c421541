import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Instance } from "../world";
import { seedUserData } from "./userData";

/** A file that a machine has beside its disk. */
export type MachineFile =
  | { readonly path: string; readonly content: string | Buffer; readonly mode?: number }
  | { readonly path: string; readonly link: string };

/** Files of a disk that {@link machineFiles} adds to. */
export interface DiskFiles {
  /** The certificate authorities that the disk trusts, PEM. */
  readonly authorities: string;
  /** dpkg's list of diversions. */
  readonly diversions: string;
}

export const diskPaths: Readonly<Record<keyof DiskFiles, string>> = {
  authorities: "etc/ssl/certs/ca-certificates.crt",
  diversions: "var/lib/dpkg/diversions",
};

/** What a machine's files have of its instance. */
export type InstanceIdentity = Pick<Instance, "id" | "interfaces" | "publicKey" | "userData">;

export interface MachineSettings {
  readonly instance: InstanceIdentity;
  readonly region: string;
  /** The VPC's resolver. */
  readonly resolver: string;
  /** PEM: what the machine trusts in addition, as Debian trusts Amazon's authorities. */
  readonly trusted: string;
}

/**
 * Units that cannot work without hardware: the first three wait for ever for a terminal, an answer or a link; the others
 * need an own kernel.
 */
const maskedUnits = [
  "console-getty.service",
  "systemd-firstboot.service",
  "systemd-networkd-wait-online.service",
  "systemd-networkd.service",
  "systemd-networkd.socket",
  "systemd-resolved.service",
  "systemd-timesyncd.service",
  "dev-hugepages.mount",
  "sys-fs-fuse-connections.mount",
  "sys-kernel-config.mount",
  "sys-kernel-debug.mount",
  "sys-kernel-tracing.mount",
  "run-rpc_pipefs.mount",
];

const nfsHelper = "/usr/sbin/mount.nfs4";

/** The private DNS name of an address, e.g. `ip-10-0-1-5.ec2.internal`. */
export function privateName(address: string, region: string): string {
  return `ip-${address.replaceAll(".", "-")}.${privateDomain(region)}`;
}

export function privateDomain(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}

function metadataOf({ id, interfaces, publicKey }: InstanceIdentity, region: string): string {
  const address = interfaces[0]?.privateIp ?? "0.0.0.0";
  // JSON is YAML.
  return JSON.stringify({
    "instance-id": id,
    "local-hostname": privateName(address, region),
    "public-keys": publicKey === null ? [] : [publicKey],
  });
}

/** Registered with dpkg: otherwise the package of the real helper would overwrite this one. */
function diverted(diversions: string): string {
  const lines = [nfsHelper, `${nfsHelper}.distrib`, ":"].join("\n");
  return diversions.includes(`${nfsHelper}\n`) ? diversions : `${diversions}${lines}\n`;
}

/**
 * What a machine has in place of hardware, EC2 and the internet's public authorities. The files are a layer of their own
 * below the disk, so that no image contains them.
 */
export function machineFiles(settings: MachineSettings, disk: DiskFiles): readonly MachineFile[] {
  const { instance, region, resolver, trusted } = settings;
  const userData = Buffer.from(instance.userData, "base64");
  const seed = "var/lib/cloud/seed/nocloud";
  return [
    { path: `${seed}/meta-data`, content: metadataOf(instance, region) },
    { path: `${seed}/user-data`, content: seedUserData(userData, trusted), mode: 0o600 },
    {
      path: "etc/cloud/cloud.cfg.d/99_machine.cfg",
      content: "network: {config: disabled}\ndatasource_list: [NoCloud, None]\n",
    },
    { path: "etc/hosts", content: "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n" },
    { path: "etc/resolv.conf", content: `nameserver ${resolver}\nsearch ${privateDomain(region)}\n` },
    { path: "usr/local/share/ca-certificates/live-region.crt", content: trusted },
    { path: diskPaths.authorities, content: `${disk.authorities}${trusted}` },
    { path: diskPaths.diversions, content: diverted(disk.diversions) },
    { path: nfsHelper.slice(1), content: readFileSync(join(__dirname, "mount.nfs4")), mode: 0o755 },
    ...maskedUnits.map((unit) => ({ path: `etc/systemd/system/${unit}`, link: "/dev/null" })),
  ];
}
