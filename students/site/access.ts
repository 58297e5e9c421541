import type { IpPermission } from "@aws-sdk/client-ec2";
import { BlockList, isIPv6 } from "node:net";

import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";

/** What a security group's rule admits to a TCP port. */
export type Source =
  | { readonly kind: "range"; readonly range: string }
  | { readonly kind: "group"; readonly groupId: string }
  | { readonly kind: "prefixList"; readonly prefixListId: string };

/** The inbound rules of the security groups, each source once, in order of their texts. */
export async function sourcesTo(
  account: StudentAccount,
  groupIds: readonly string[],
  port: number,
): Promise<readonly Source[]> {
  if (groupIds.length === 0) return [];
  const ec2 = await account.ec2();
  const { paginateDescribeSecurityGroups } = await import("@aws-sdk/client-ec2");
  // All groups in one question, which every check then has the answer of.
  const all = await everyItem(
    paginateDescribeSecurityGroups({ client: ec2 }, {}),
    ({ SecurityGroups }) => SecurityGroups,
    ({ GroupId }) => GroupId,
  );
  const permissions = all
    .filter(({ GroupId }) => groupIds.includes(GroupId ?? ""))
    .flatMap(({ IpPermissions = [] }) => IpPermissions);
  return sourcesIn(permissions, port);
}

/** The sources that the permissions admit to the TCP port. */
export function sourcesIn(permissions: readonly IpPermission[], port: number): readonly Source[] {
  const sources = permissions.filter((each) => admits(each, port)).flatMap(sourcesOf);
  const byText = new Map(sources.map((source) => [sourceText(source), source]));
  return [...byText.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}

function admits({ IpProtocol, FromPort, ToPort }: IpPermission, port: number): boolean {
  if (IpProtocol === "-1") return true;
  if (IpProtocol !== "tcp" && IpProtocol !== "6") return false;
  return (FromPort ?? 0) <= port && port <= (ToPort ?? 65_535);
}

function sourcesOf(permission: IpPermission): readonly Source[] {
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = permission;
  const ranges = [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)];
  return [
    ...ranges.flatMap((range) => (range === undefined ? [] : [{ kind: "range" as const, range }])),
    ...UserIdGroupPairs.flatMap(({ GroupId }) =>
      GroupId === undefined ? [] : [{ kind: "group" as const, groupId: GroupId }],
    ),
    ...PrefixListIds.flatMap(({ PrefixListId }) =>
      PrefixListId === undefined ? [] : [{ kind: "prefixList" as const, prefixListId: PrefixListId }],
    ),
  ];
}

/** `0.0.0.0/0`, `sg-…` or `pl-…`, as the console shows it. */
export function sourceText(source: Source): string {
  switch (source.kind) {
    case "range":
      return source.range;
    case "group":
      return source.groupId;
    case "prefixList":
      return source.prefixListId;
  }
}

/** Ranges that no host on the internet has. */
const internal = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  internal.addSubnet(network, prefix, "ipv4");
}
internal.addSubnet("fc00::", 7, "ipv6");
internal.addSubnet("fe80::", 10, "ipv6");
const shortestInternal = { ipv4: 8, ipv6: 7 };

/** An organisation's or a home's own range is longer. */
const longestOpen = { ipv4: 15, ipv6: 31 };

/** Whether the source is a large part of the internet: more than the range of one organisation. */
export function isWorld(source: Source): boolean {
  if (source.kind !== "range") return false;
  const [address = "", prefix] = source.range.split("/");
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  const length = Number(prefix);
  const isInternal = length >= shortestInternal[family] && internal.check(address, family);
  return !isInternal && length <= longestOpen[family];
}
