import { isResource, type AnyResource } from "./resourceTypes";

/** A source of traffic, and its property. */
export interface Source {
  readonly at: string;
  /** An address range, a prefix list's id or a security group's id. */
  readonly value: string;
}

/**
 * An ingress rule, from any of the three resource types that have them. The sources are read lazily, each kind for
 * itself, because a preview may not know some of them.
 */
export interface IngressRule {
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly ranges: () => Iterable<Source>;
  readonly prefixLists: () => Iterable<Source>;
  readonly groups: () => Iterable<Source>;
}

interface ListedRule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlocks?: readonly string[] | undefined;
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
  readonly prefixListIds?: readonly string[] | undefined;
}

/** The ingress rules of a resource; none for other types. */
export function ingressRulesOf(resource: AnyResource): readonly IngressRule[] {
  if (isResource(resource, "aws:ec2/securityGroup:SecurityGroup")) {
    return (resource.props.ingress ?? []).map((rule, index) => {
      const at = `ingress[${String(index)}].`;
      return listedRule(rule, at, () => listed(rule.securityGroups, `${at}securityGroups`));
    });
  }
  if (isResource(resource, "aws:ec2/securityGroupRule:SecurityGroupRule")) {
    const { props } = resource;
    return props.type === "ingress"
      ? [listedRule(props, "", () => single(props.sourceSecurityGroupId, "sourceSecurityGroupId"))]
      : [];
  }
  if (isResource(resource, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")) {
    const { props } = resource;
    return [
      {
        protocol: props.ipProtocol,
        fromPort: props.fromPort,
        toPort: props.toPort,
        ranges: function* () {
          yield* single(props.cidrIpv4, "cidrIpv4");
          yield* single(props.cidrIpv6, "cidrIpv6");
        },
        prefixLists: () => single(props.prefixListId, "prefixListId"),
        groups: () => single(props.referencedSecurityGroupId, "referencedSecurityGroupId"),
      },
    ];
  }
  return [];
}

function listedRule(rule: ListedRule, at: string, groups: () => Iterable<Source>): IngressRule {
  return {
    protocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    ranges: function* () {
      yield* listed(rule.cidrBlocks, `${at}cidrBlocks`);
      yield* listed(rule.ipv6CidrBlocks, `${at}ipv6CidrBlocks`);
    },
    prefixLists: () => listed(rule.prefixListIds, `${at}prefixListIds`),
    groups,
  };
}

function* listed(values: readonly string[] | undefined, at: string): Iterable<Source> {
  for (const [index, value] of (values ?? []).entries()) yield { at: `${at}[${String(index)}]`, value };
}

function single(value: string | undefined, at: string): Iterable<Source> {
  // The provider returns an empty string for a property that is not set.
  return value === undefined || value === "" ? [] : [{ at, value }];
}

/** Whether a rule allows traffic to a TCP port: all protocols, or TCP with the port in its range. */
export function letsIn(port: number, { protocol, fromPort, toPort }: IngressRule): boolean {
  // The provider accepts any case, and IANA's number instead of the name.
  const name = protocol.toLowerCase();
  if (name === "-1" || name === "all") return true;
  if (name !== "tcp" && name !== "6") return false;
  return fromPort !== undefined && toPort !== undefined && fromPort <= port && port <= toPort;
}

/**
 * Whether a range is so wide that it counts as the internet; two halves of the internet are the internet too. A text
 * that is no range counts as the internet, to be safe.
 */
export function isWide(range: string, shortest: { readonly ipv4: number; readonly ipv6: number }): boolean {
  const length = /^[0-9a-f.:]+\/(\d{1,3})$/i.exec(range)?.[1];
  if (length === undefined) return true;
  return Number(length) < (range.includes(":") ? shortest.ipv6 : shortest.ipv4);
}
