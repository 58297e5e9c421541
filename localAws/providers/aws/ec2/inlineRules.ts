import type { IpPermission, SecurityGroup } from "@aws-sdk/client-ec2";
import type { types } from "@pulumi/aws";
import type { SecurityGroupArgs } from "@pulumi/aws/ec2";
import { isDeepStrictEqual } from "node:util";

import type { AwsClients } from "../clients";
import type { Properties, PropertyRule } from "../resourceType";
import { protocolName } from "../spellings";
import { filled, present, reading } from "../values";

type RuleArgs = types.input.ec2.SecurityGroupIngress;

/** The properties of a rule in a security group's `ingress` or `egress`. */
export const inlineRuleProperties = {
  cidrBlocks: { set: true },
  description: {},
  fromPort: { required: true },
  ipv6CidrBlocks: { set: true },
  prefixListIds: { set: true },
  protocol: { required: true, spelling: protocolName },
  securityGroups: { set: true },
  self: {},
  toPort: { required: true },
} as const satisfies PropertyRule<RuleArgs>["nested"];

const directions = ["ingress", "egress"] as const;
type Direction = (typeof directions)[number];

/** One source or destination of one rule: AWS's own unit, which several rules may not share. */
interface Grant {
  readonly protocol: string;
  /** `undefined` where all protocols are allowed: AWS has no ports there. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly kind: "cidrBlocks" | "ipv6CidrBlocks" | "prefixListIds" | "securityGroups";
  readonly value: string;
  readonly description: string | undefined;
}

/** Adds and removes rules, so that AWS has exactly those of the directions that the program gives. */
export async function bringInlineRules(
  aws: AwsClients,
  group: SecurityGroup,
  wanted: Properties,
): Promise<void> {
  const ec2 = await aws.ec2();
  const { GroupId = "" } = group;
  for (const direction of directions) {
    const rules = reading<SecurityGroupArgs>(wanted).objects(direction);
    if (rules === undefined) continue;
    const before = grantsOf(group, direction);
    const after = rules.flatMap((rule) => grantsIn(rule, GroupId));
    const removed = missing(before, after);
    const added = missing(after, before);
    const isEgress = direction === "egress";
    if (removed.length > 0) {
      const request = { GroupId, IpPermissions: removed.map(permission) };
      await (isEgress ? ec2.revokeSecurityGroupEgress(request) : ec2.revokeSecurityGroupIngress(request));
    }
    if (added.length > 0) {
      const request = { GroupId, IpPermissions: added.map(permission) };
      await (isEgress
        ? ec2.authorizeSecurityGroupEgress(request)
        : ec2.authorizeSecurityGroupIngress(request));
    }
  }
}

/**
 * The rules in AWS of the directions that the prior state has. AWS joins rules of the same ports, so that those which the
 * prior state has as they are keep its grouping, as in the official provider (`matchRules`); the others follow.
 */
export function inlineRulesOf(group: SecurityGroup, prior: Properties): Properties {
  const isImport = Object.keys(prior).length === 0;
  const found = directions.map((direction) => {
    const before = reading<SecurityGroupArgs>(prior).objects(direction);
    if (before === undefined && !isImport) return [direction, undefined] as const;
    return [direction, rulesOf(group, direction, before ?? [])] as const;
  });
  return present(Object.fromEntries(found));
}

function rulesOf(group: SecurityGroup, direction: Direction, prior: readonly Properties[]): Properties[] {
  const { GroupId = "" } = group;
  const there = grantsOf(group, direction);
  const kept = prior.filter((rule) => missing(grantsIn(rule, GroupId), there).length === 0);
  const others = missing(
    there,
    kept.flatMap((rule) => grantsIn(rule, GroupId)),
  );
  const joined = new Map<string, Grant[]>();
  for (const grant of others) {
    const { protocol, fromPort, toPort, description } = grant;
    const key = JSON.stringify([protocol, fromPort, toPort, description]);
    joined.set(key, [...(joined.get(key) ?? []), grant]);
  }
  return [...kept, ...[...joined.values()].map((grants) => ruleFrom(grants, GroupId))];
}

function ruleFrom(grants: readonly Grant[], groupId: string): Properties {
  const of = (kind: Grant["kind"]) => grants.filter((grant) => grant.kind === kind).map(({ value }) => value);
  const groups = of("securityGroups");
  const [first] = grants;
  return present({
    cidrBlocks: filled(of("cidrBlocks")),
    description: first?.description,
    fromPort: first?.fromPort ?? 0,
    ipv6CidrBlocks: filled(of("ipv6CidrBlocks")),
    prefixListIds: filled(of("prefixListIds")),
    protocol: first?.protocol,
    securityGroups: filled(groups.filter((id) => id !== groupId)),
    self: groups.includes(groupId) ? true : undefined,
    toPort: first?.toPort ?? 0,
  });
}

function grantsIn(rule: Properties, groupId: string): readonly Grant[] {
  const from = reading<RuleArgs>(rule);
  const protocol = protocolName(from.requiredString("protocol"));
  const description = from.string("description");
  const all = protocol === "-1";
  const ports = {
    protocol,
    fromPort: all ? undefined : from.requiredNumber("fromPort"),
    toPort: all ? undefined : from.requiredNumber("toPort"),
    description: description === "" ? undefined : description,
  };
  const values = {
    cidrBlocks: from.strings("cidrBlocks") ?? [],
    ipv6CidrBlocks: from.strings("ipv6CidrBlocks") ?? [],
    prefixListIds: from.strings("prefixListIds") ?? [],
    securityGroups: [
      ...(from.strings("securityGroups") ?? []),
      ...(from.boolean("self") === true ? [groupId] : []),
    ],
  };
  return kinds.flatMap((kind) => values[kind].map((value): Grant => ({ ...ports, kind, value })));
}

const kinds = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"] as const;

function grantsOf(group: SecurityGroup, direction: Direction): readonly Grant[] {
  const permissions = direction === "egress" ? group.IpPermissionsEgress : group.IpPermissions;
  return (permissions ?? []).flatMap((each) => grantsOfPermission(each));
}

function grantsOfPermission(permission: IpPermission): readonly Grant[] {
  const protocol = protocolName(permission.IpProtocol ?? "-1");
  const all = protocol === "-1";
  const grant = (kind: Grant["kind"], value: string | undefined, description: string | undefined): Grant[] =>
    value === undefined
      ? []
      : [
          {
            protocol,
            fromPort: all ? undefined : permission.FromPort,
            toPort: all ? undefined : permission.ToPort,
            kind,
            value,
            description: description === "" ? undefined : description,
          },
        ];
  return [
    ...(permission.IpRanges ?? []).flatMap((each) => grant("cidrBlocks", each.CidrIp, each.Description)),
    ...(permission.Ipv6Ranges ?? []).flatMap((each) =>
      grant("ipv6CidrBlocks", each.CidrIpv6, each.Description),
    ),
    ...(permission.PrefixListIds ?? []).flatMap((each) =>
      grant("prefixListIds", each.PrefixListId, each.Description),
    ),
    ...(permission.UserIdGroupPairs ?? []).flatMap((each) =>
      grant("securityGroups", each.GroupId, each.Description),
    ),
  ];
}

function permission({ protocol, fromPort, toPort, kind, value, description }: Grant): IpPermission {
  const Description = description;
  const ends = {
    cidrBlocks: { IpRanges: [{ CidrIp: value, Description }] },
    ipv6CidrBlocks: { Ipv6Ranges: [{ CidrIpv6: value, Description }] },
    prefixListIds: { PrefixListIds: [{ PrefixListId: value, Description }] },
    securityGroups: { UserIdGroupPairs: [{ GroupId: value, Description }] },
  };
  return { IpProtocol: protocol, FromPort: fromPort, ToPort: toPort, ...ends[kind] };
}

function missing(these: readonly Grant[], among: readonly Grant[]): readonly Grant[] {
  return these.filter((grant) => !among.some((each) => isDeepStrictEqual(each, grant)));
}
