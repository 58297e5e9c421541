import type { Interface, Place, Vpc, World } from "../world";

/** What a name means: addresses, or another name that the question continues with. */
export type NameEntry =
  | { readonly kind: "addresses"; readonly addresses: readonly string[]; readonly ttl: number }
  /** The addresses by Availability Zone: the asker's own one, else any. */
  | { readonly kind: "zonal"; readonly addresses: readonly ZonalAddress[]; readonly ttl: number }
  | { readonly kind: "ipv6"; readonly addresses: readonly string[]; readonly ttl: number }
  | { readonly kind: "alias"; readonly name: string }
  | { readonly kind: "cname"; readonly name: string; readonly ttl: number };

export interface ZonalAddress {
  readonly zone: string;
  readonly address: string;
}

/** Entries by name in lower case. A name has more than one for A and AAAA records. */
export type NameTable = ReadonlyMap<string, readonly NameEntry[]>;

export interface NameTables {
  /** Names that everything resolves, also outside of AWS. */
  readonly public: NameTable;
  /** Names that only the VPC resolves, or resolves differently; by its id. */
  readonly vpcs: ReadonlyMap<string, VpcNames>;
}

export interface VpcNames {
  readonly vpc: Vpc;
  /** The domain of its instances, e.g. `ec2.internal`. */
  readonly domain: string;
  readonly table: NameTable;
}

/** AWS's times to live in seconds. */
const ttls = { loadBalancer: 60, database: 5, fileSystem: 60, endpoint: 60, record: 300 } as const;

/** The domain of private names of instances. */
export function instanceDomain(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}

/** The private name of an address, as EC2 gives it to an instance. */
export function instanceName(address: string, domain: string): string {
  return `ip-${address.replaceAll(".", "-")}.${domain}`;
}

/** The host name of a service, e.g. `com.amazonaws.us-east-1.ecr.api`; undefined for another provider's service. */
export function hostOfService(service: string, region: string): string | undefined {
  const prefix = `com.amazonaws.${region}.`;
  if (!service.startsWith(prefix)) return undefined;
  const parts = service.slice(prefix.length).split(".");
  return `${parts.toReversed().join(".")}.${region}.amazonaws.com`;
}

class TableBuilder {
  readonly table = new Map<string, NameEntry[]>();

  add(name: string, entry: NameEntry): void {
    const key = name.toLowerCase();
    this.table.set(key, [...(this.table.get(key) ?? []), entry]);
  }

  addAddresses(name: string, addresses: readonly string[], ttl: number): void {
    if (addresses.length > 0) this.add(name, { kind: "addresses", addresses, ttl });
  }
}

function publicAddressesOf(interfaces: readonly Interface[]): readonly string[] {
  return interfaces.flatMap(({ publicIp }) => publicIp ?? []);
}

function addPublicNames(builder: TableBuilder, place: Place): void {
  for (const { dnsName, scheme, interfaces } of place.loadBalancers) {
    const isPublic = scheme === "internet-facing";
    const addresses = isPublic ? publicAddressesOf(interfaces) : interfaces.map((each) => each.privateIp);
    // The console gives aliases of Route 53 a name with this prefix.
    for (const name of [dnsName, `dualstack.${dnsName}`]) {
      builder.addAddresses(name, addresses, ttls.loadBalancer);
    }
  }
  for (const { host, interface: own, state } of place.databases) {
    if (state !== "deleted") builder.addAddresses(host, [own.privateIp], ttls.database);
  }
  for (const { name, type, values, alias } of place.records) {
    if (alias !== null) {
      if (type === "A") builder.add(name, { kind: "alias", name: alias.toLowerCase() });
    } else if (type === "CNAME") {
      for (const value of values) builder.add(name, { kind: "cname", name: bare(value), ttl: ttls.record });
    } else {
      const kind = type === "AAAA" ? "ipv6" : "addresses";
      builder.add(name, { kind, addresses: values, ttl: ttls.record });
    }
  }
}

/** A name without the dot at its end, in lower case. */
export function bare(name: string): string {
  return name.replace(/\.$/, "").toLowerCase();
}

function namesOf(place: Place, vpc: Vpc): VpcNames {
  const builder = new TableBuilder();
  const domain = instanceDomain(place.region);
  const zones = new Map(vpc.subnets.map(({ id, zone }) => [id, zone]));
  for (const { host, mountTargets } of place.fileSystems) {
    const addresses = mountTargets
      .filter(({ vpcId, state }) => vpcId === vpc.id && state === "available")
      .map(({ interface: own }) => ({ zone: zones.get(own.subnetId) ?? "", address: own.privateIp }));
    if (addresses.length > 0) builder.add(host, { kind: "zonal", addresses, ttl: ttls.fileSystem });
    for (const { zone, address } of addresses) {
      builder.addAddresses(`${zone}.${host}`, [address], ttls.fileSystem);
    }
  }
  for (const { service, type, state, privateDns, interfaces } of vpc.endpoints) {
    const host = hostOfService(service, place.region);
    if (host === undefined || type !== "Interface" || state !== "available" || !privateDns) continue;
    const addresses = interfaces.map(({ privateIp }) => privateIp);
    for (const name of [host, `*.${host}`]) builder.addAddresses(name, addresses, ttls.endpoint);
  }
  return { vpc, domain, table: builder.table };
}

/** All names of AWS's resources in the world. */
export function nameTables(world: World): NameTables {
  const builder = new TableBuilder();
  const vpcs = new Map<string, VpcNames>();
  for (const place of world.places) {
    addPublicNames(builder, place);
    for (const vpc of place.vpcs) vpcs.set(vpc.id, namesOf(place, vpc));
  }
  return { public: builder.table, vpcs };
}
