import type { Instance, Interface, Place, Vpc } from "../world";
import { privateName } from "./machineFiles";

/** A folder of the metadata service, or the content of a file. */
export type MetadataNode = string | Buffer | { readonly [name: string]: MetadataNode };

export interface MetadataSource {
  readonly place: Place;
  readonly instance: Instance;
  readonly credentials: (role: string) => Readonly<Record<string, string>>;
}

/** What the service has below `/latest`. A category without content is absent, as on EC2: the answer is 404. */
export function metadataTree({ place, instance, credentials }: MetadataSource): MetadataNode {
  const { interfaces, role, publicKey, keyName, metadata, tags } = instance;
  const vpc = place.vpcs.find(({ id }) => id === instance.vpcId);
  const [primary] = interfaces;
  const privateIp = primary?.privateIp ?? "";
  const names = publicNames(primary, vpc, place.region);
  const host = privateName(privateIp, place.region);
  return {
    dynamic: { "instance-identity": { document: identityDocument(place, instance) } },
    "meta-data": {
      "ami-id": instance.imageId,
      "ami-launch-index": "0",
      hostname: host,
      ...(role === null ? {} : { iam: iam(role, credentials(role.name), instance.launchedAt) }),
      "instance-action": "none",
      "instance-id": instance.id,
      "instance-life-cycle": "on-demand",
      "instance-type": instance.type,
      "local-hostname": host,
      "local-ipv4": privateIp,
      ...(primary === undefined ? {} : { mac: macOf(primary.id) }),
      network: { interfaces: { macs: networkOf(place, vpc, interfaces) } },
      placement: { "availability-zone": instance.zone, region: place.region },
      profile: "default-hvm",
      ...names,
      ...(publicKey === null
        ? {}
        : { "public-keys": { [`0=${keyName ?? "key"}`]: { "openssh-key": publicKey } } }),
      "security-groups": groupNames(primary, vpc).join("\n"),
      services: { domain: "amazonaws.com", partition: "aws" },
      ...(metadata.tags ? { tags: { instance: tags } } : {}),
    },
    ...(instance.userData === "" ? {} : { "user-data": Buffer.from(instance.userData, "base64") }),
  };
}

function iam(
  { name, profileArn }: NonNullable<Instance["role"]>,
  credentials: Readonly<Record<string, string>>,
  launchedAt: number,
): MetadataNode {
  const info = {
    Code: "Success",
    LastUpdated: seconds(launchedAt),
    InstanceProfileArn: profileArn,
  };
  return { info: pretty(info), "security-credentials": { [name]: pretty(credentials) } };
}

function networkOf(place: Place, vpc: Vpc | undefined, interfaces: readonly Interface[]): MetadataNode {
  return Object.fromEntries(
    interfaces.map((each, index) => {
      const subnet = vpc?.subnets.find(({ id }) => id === each.subnetId);
      return [
        macOf(each.id),
        {
          "device-number": String(index),
          "interface-id": each.id,
          ...(each.publicIp === null ? {} : { "ipv4-associations": { [each.publicIp]: each.privateIp } }),
          "local-hostname": privateName(each.privateIp, place.region),
          "local-ipv4s": each.privateIp,
          mac: macOf(each.id),
          "owner-id": place.accountId,
          ...publicNames(each, vpc, place.region, "public-ipv4s"),
          "security-group-ids": each.groups.join("\n"),
          "security-groups": groupNames(each, vpc).join("\n"),
          "subnet-id": each.subnetId,
          ...(subnet === undefined ? {} : { "subnet-ipv4-cidr-block": subnet.cidr }),
          ...(vpc === undefined
            ? {}
            : {
                "vpc-id": vpc.id,
                "vpc-ipv4-cidr-block": vpc.cidrs[0] ?? "",
                "vpc-ipv4-cidr-blocks": vpc.cidrs.join("\n"),
              }),
        },
      ];
    }),
  );
}

function publicNames(
  each: Interface | undefined,
  vpc: Vpc | undefined,
  region: string,
  addressName = "public-ipv4",
): Readonly<Record<string, string>> {
  const address = each?.publicIp ?? null;
  if (address === null) return {};
  const domain = region === "us-east-1" ? "compute-1.amazonaws.com" : `${region}.compute.amazonaws.com`;
  const name = `ec2-${address.replaceAll(".", "-")}.${domain}`;
  return { ...(vpc?.dnsHostnames === true ? { "public-hostname": name } : {}), [addressName]: address };
}

function groupNames(each: Interface | undefined, vpc: Vpc | undefined): readonly string[] {
  return (each?.groups ?? []).map((id) => vpc?.securityGroups.find((group) => group.id === id)?.name ?? id);
}

function identityDocument({ accountId, region }: Place, instance: Instance): string {
  return pretty({
    accountId,
    architecture: "x86_64",
    availabilityZone: instance.zone,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: instance.imageId,
    instanceId: instance.id,
    instanceType: instance.type,
    kernelId: null,
    pendingTime: seconds(instance.launchedAt),
    privateIp: instance.interfaces[0]?.privateIp ?? null,
    ramdiskId: null,
    region,
    version: "2017-09-30",
  });
}

/** The MAC address of an interface: from its id, in the range of locally administered addresses. */
export function macOf(interfaceId: string): string {
  const digits = interfaceId
    .replaceAll(/[^0-9a-f]/g, "")
    .slice(-10)
    .padStart(10, "0");
  return `02:${(digits.match(/../g) ?? []).join(":")}`;
}

/** AWS's times have no fraction of a second. */
export function seconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
