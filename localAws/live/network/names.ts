import { isIPv4 } from "node:net";

import { contains } from "./ipv4";
import {
  bare,
  instanceName,
  type NameEntry,
  type NameTable,
  type NameTables,
  type VpcNames,
} from "./nameTable";

export type RecordType = "A" | "AAAA" | "CNAME" | "PTR";

export interface NameRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly data: string;
  readonly ttl: number;
}

/** The records of an answer, none when the name has other types only; undefined when there is no such name. */
export type Answer = readonly NameRecord[] | undefined;

/** Who asks: a host in a VPC. */
export interface Asker {
  readonly vpcId: string;
  readonly address: string;
}

/** What a name is resolved from. */
export interface NameSources {
  readonly tables: NameTables;
  /** Services of the internet by host name. */
  readonly services: ReadonlyMap<string, string>;
  /** A number that changes with each question: answers rotate. */
  readonly turn: number;
}

/** An address that no host has (RFC 5737): packets to it are dropped, as those to any host of the real internet. */
export const unreachableAddress = "192.0.2.1";

const unknownTtl = 60;
const reverseSuffix = ".in-addr.arpa";
/** A chain of aliases and CNAMEs ends after so many. */
const longestChain = 8;
/** Domains of which AWS or this machine knows every name. */
const closedDomains = [
  /(^|\.)(localhost|local|localdomain|internal|invalid|test|arpa|lan|home)$/,
  /\.elb\.amazonaws\.com$/,
  /\.elb\.[a-z0-9-]+\.amazonaws\.com$/,
  /\.[a-z0-9-]+\.(rds|efs)\.amazonaws\.com$/,
  /\.(rds|efs)\.[a-z0-9-]+\.amazonaws\.com$/,
];

function parentOf(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}

function rotated<T>(values: readonly T[], turn: number): readonly T[] {
  const start = values.length === 0 ? 0 : turn % values.length;
  return [...values.slice(start), ...values.slice(0, start)];
}

function entriesOf(table: NameTable, name: string): readonly NameEntry[] {
  return table.get(name) ?? table.get(name.replace(/^[^.]+/, "*")) ?? [];
}

function zoneOf({ vpc }: VpcNames, address: string): string | undefined {
  return vpc.subnets.find(({ cidr }) => contains(cidr, address))?.zone;
}

/** The address in a private name of an instance such as `ip-10-0-0-5.ec2.internal`, if it is in the VPC. */
function addressInName(name: string, { vpc, domain }: VpcNames): string | undefined {
  const match = /^ip-(\d+)-(\d+)-(\d+)-(\d+)\.(.+)$/.exec(name);
  if (match?.[5] !== domain) return undefined;
  const address = match.slice(1, 5).join(".");
  return isIPv4(address) && vpc.cidrs.some((cidr) => contains(cidr, address)) ? address : undefined;
}

function reverse(name: string, own: VpcNames | undefined): Answer {
  const address = name.slice(0, -reverseSuffix.length).split(".").toReversed().join(".");
  if (own === undefined || !isIPv4(address)) return undefined;
  if (!own.vpc.cidrs.some((cidr) => contains(cidr, address))) return undefined;
  return [{ name, type: "PTR", data: instanceName(address, own.domain), ttl: unknownTtl }];
}

/** The addresses of a name that no table has; undefined when there is no such name. */
function othersOf(
  name: string,
  own: VpcNames | undefined,
  services: NameSources["services"],
): string | undefined {
  // Buckets of S3 and the like have names below that of the service.
  const service =
    services.get(name) ?? (name.endsWith(".amazonaws.com") ? services.get(parentOf(name)) : undefined);
  if (service !== undefined || own === undefined) return service;
  const isClosed = !name.includes(".") || closedDomains.some((domain) => domain.test(name));
  return addressInName(name, own) ?? (isClosed ? undefined : unreachableAddress);
}

/** The answer to a question, in a VPC or, without an asker, on the internet. */
export function resolveName(
  question: { readonly name: string; readonly type: RecordType },
  { tables, services, turn }: NameSources,
  asker?: Asker,
): Answer {
  const own = asker === undefined ? undefined : tables.vpcs.get(asker.vpcId);
  const first = bare(question.name);
  if (first.endsWith(reverseSuffix)) return reverse(first, own);
  const records: NameRecord[] = [];
  let owner = question.name;
  let name = first;
  for (let step = 0; step < longestChain; step += 1) {
    const privately = own === undefined ? [] : entriesOf(own.table, name);
    const entries = privately.length > 0 ? privately : entriesOf(tables.public, name);
    const add = (type: RecordType, data: readonly string[], ttl: number): void => {
      if (type !== question.type) return;
      records.push(...data.map((each) => ({ name: owner, type, data: each, ttl })));
    };
    if (entries.length === 0) {
      const address = othersOf(name, own, services);
      if (address === undefined) return records.length === 0 ? undefined : records;
      add("A", [address], unknownTtl);
      return records;
    }
    let next: string | undefined;
    for (const entry of entries) {
      switch (entry.kind) {
        case "addresses":
          add("A", rotated(entry.addresses, turn), entry.ttl);
          break;
        case "ipv6":
          add("AAAA", entry.addresses, entry.ttl);
          break;
        case "zonal": {
          const zone = own === undefined || asker === undefined ? undefined : zoneOf(own, asker.address);
          const chosen = entry.addresses.find((each) => each.zone === zone) ?? entry.addresses[0];
          if (chosen !== undefined) add("A", [chosen.address], entry.ttl);
          break;
        }
        case "alias":
          next = entry.name;
          break;
        case "cname":
          records.push({ name: owner, type: "CNAME", data: entry.name, ttl: entry.ttl });
          owner = entry.name;
          next = question.type === "CNAME" ? undefined : entry.name;
          break;
      }
    }
    if (next === undefined) return records;
    name = next;
  }
  return records;
}
