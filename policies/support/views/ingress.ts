import { required } from "../required";
import { isResource, type AnyResource, type PropsOf } from "../resourceTypes";
import { amount, isOn } from "../spelling";
import { judgeAll, judgeEach, tryRead } from "../unknown";
import { mergeTexts, readTexts, type Texts } from "./ids";
import { beanstalkOption, beanstalkTypes } from "./servers/beanstalk";

/**
 * An ingress rule, from any type that can express one. Every member is read when a rule asks for it, because a preview
 * may not know it.
 */
export interface IngressRule {
  /** `all`, `tcp`, `udp` or another protocol. */
  readonly protocol: () => string;
  /** The first and the last port. */
  readonly ports: () => readonly [number, number];
  /** Address ranges. */
  readonly ranges: () => Texts;
  /** Ids of prefix lists. */
  readonly prefixLists: () => Texts;
  /** Ids of security groups. */
  readonly groups: () => Texts;
  /** The path of `self`, if the rule's own security group is a source; undefined if it is not. */
  readonly self: () => string | undefined;
}

/** The types that can have ingress rules. */
export const ingressTypes = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:gamelift/fleet:Fleet",
  "aws:lightsail/instancePublicPorts:InstancePublicPorts",
  ...beanstalkTypes,
] as const;

type Judge<Token extends Parameters<typeof isResource>[1]> = (props: PropsOf<Token>) => Iterable<IngressRule>;

/** Lists the ingress rules of a resource; none for other types. */
export function* ingressRulesOf(resource: AnyResource): Iterable<IngressRule> {
  if (
    isResource(resource, "aws:ec2/securityGroup:SecurityGroup") ||
    isResource(resource, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
  ) {
    const { props } = resource;
    yield* inlineRules(resource, () => props.ingress);
  } else if (isResource(resource, "aws:ec2/securityGroupRule:SecurityGroupRule")) {
    yield* ruleOfOldType(resource.props);
  } else if (isResource(resource, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")) {
    yield* ruleOfNewType(resource.props);
  } else if (isResource(resource, "aws:eks/nodeGroup:NodeGroup")) {
    yield* remoteAccess(resource.props);
  } else if (isResource(resource, "aws:gamelift/fleet:Fleet")) {
    yield* inboundPermissions(resource.props);
  } else if (isResource(resource, "aws:lightsail/instancePublicPorts:InstancePublicPorts")) {
    yield* publicPorts(resource.props);
  } else {
    const sources = beanstalkOption(resource, "aws:autoscaling:launchconfiguration", "SSHSourceRestriction");
    yield* judgeAll(sources, ({ at, value }) => sshRestriction(at, value));
  }
}

/** Whether a rule allows traffic to a port of a protocol. */
export function letsIn(
  protocol: "tcp" | "udp",
  port: number,
  rule: Pick<IngressRule, "protocol" | "ports">,
): boolean {
  const name = rule.protocol();
  if (name === "all") return true;
  if (name !== protocol) return false;
  const [from, to] = rule.ports();
  return from <= port && port <= to;
}

/** As the provider reads a protocol: in any case, and IANA's number instead of the name. */
export function protocolName(protocol: string): string {
  const name = protocol.trim().toLowerCase();
  return (
    new Map([
      ["-1", "all"],
      ["6", "tcp"],
      ["17", "udp"],
    ]).get(name) ?? name
  );
}

interface ListedRule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlocks?: readonly string[] | undefined;
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
  readonly prefixListIds?: readonly string[] | undefined;
  readonly self?: boolean | undefined;
}

const nothing: Texts = { known: [], unknown: [] };
const everywhere = (at: string): Texts => ({
  known: ["0.0.0.0/0", "::/0"].map((value) => ({ at, value })),
  unknown: [],
});

/** The rules in a security group's own property, which the provider computes if the program does not set it. */
function* inlineRules(
  resource: AnyResource,
  read: () => PropsOf<"aws:ec2/securityGroup:SecurityGroup">["ingress"],
): Iterable<IngressRule> {
  const list = tryRead(read);
  if (!list.known) {
    if (isComputed(resource, "ingress")) return;
    throw list.error;
  }
  const { value: rules = [] } = list;
  const unknown: Error[] = [];
  for (const index of rules.keys()) {
    const rule = tryRead(() => rules.at(index));
    const at = `ingress[${String(index)}].`;
    if (!rule.known) unknown.push(rule.error);
    else if (rule.value !== undefined) {
      const { value } = rule;
      yield listedRule(value, at, () => readTexts(() => value.securityGroups, `${at}securityGroups`));
    }
  }
  if (unknown[0] !== undefined) throw unknown[0];
}

/** Whether an unknown value comes from no other resource: then the provider computes it. */
function isComputed(resource: AnyResource, property: string): boolean {
  if (!("propertyDependencies" in resource)) return false;
  const { propertyDependencies } = resource;
  if (typeof propertyDependencies !== "object" || propertyDependencies === null) return false;
  const dependencies: unknown = Reflect.get(propertyDependencies, property);
  return !Array.isArray(dependencies) || dependencies.length === 0;
}

const ruleOfOldType: Judge<"aws:ec2/securityGroupRule:SecurityGroupRule"> = function* (props) {
  if (props.type !== "ingress") return;
  yield listedRule(props, "", () => readTexts(() => props.sourceSecurityGroupId, "sourceSecurityGroupId"));
};

const ruleOfNewType: Judge<"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"> = function* (props) {
  yield {
    protocol: () => protocolName(required(props.ipProtocol, "ipProtocol")),
    // Without ports, AWS accepts only protocols that have none.
    ports: () => [amount(props.fromPort ?? 0), amount(props.toPort ?? 65_535)],
    ranges: () =>
      mergeTexts([readTexts(() => props.cidrIpv4, "cidrIpv4"), readTexts(() => props.cidrIpv6, "cidrIpv6")]),
    prefixLists: () => readTexts(() => props.prefixListId, "prefixListId"),
    groups: () => readTexts(() => props.referencedSecurityGroupId, "referencedSecurityGroupId"),
    self: () => undefined,
  };
};

function listedRule(rule: ListedRule, at: string, groups: () => Texts): IngressRule {
  return {
    protocol: () => protocolName(required(rule.protocol, `${at}protocol`)),
    ports: () => [amount(rule.fromPort), amount(rule.toPort)],
    ranges: () =>
      mergeTexts([
        readTexts(() => rule.cidrBlocks, `${at}cidrBlocks`),
        readTexts(() => rule.ipv6CidrBlocks, `${at}ipv6CidrBlocks`),
      ]),
    prefixLists: () => readTexts(() => rule.prefixListIds, `${at}prefixListIds`),
    groups,
    self: () => (isOn(rule.self) ? `${at}self` : undefined),
  };
}

/** EKS opens SSH to the internet if a key is set without source security groups. */
const remoteAccess: Judge<"aws:eks/nodeGroup:NodeGroup"> = function* ({ remoteAccess: access }) {
  if (access?.ec2SshKey === undefined) return;
  const at = "remoteAccess.sourceSecurityGroupIds";
  const groups = () => readTexts(() => access.sourceSecurityGroupIds, at);
  yield {
    ...{ protocol: () => "tcp", ports: () => [22, 22], groups, self: () => undefined },
    ranges: () => {
      const { known, unknown } = groups();
      return known.length + unknown.length > 0 ? nothing : everywhere(at);
    },
    prefixLists: () => nothing,
  };
};

const inboundPermissions: Judge<"aws:gamelift/fleet:Fleet"> = function* ({ ec2InboundPermissions = [] }) {
  yield* judgeEach(ec2InboundPermissions, (permission, index) => {
    const at = `ec2InboundPermissions[${String(index)}].`;
    return [
      {
        protocol: () => protocolName(required(permission.protocol, `${at}protocol`)),
        ports: (): readonly [number, number] => [amount(permission.fromPort), amount(permission.toPort)],
        ranges: () => readTexts(() => permission.ipRange, `${at}ipRange`),
        prefixLists: () => nothing,
        groups: () => nothing,
        self: () => undefined,
      },
    ];
  });
};

/** Lightsail opens a port to the internet if it has no ranges. */
const publicPorts: Judge<"aws:lightsail/instancePublicPorts:InstancePublicPorts"> = function* ({
  portInfos,
}) {
  for (const [index, info] of required(portInfos, "portInfos").entries()) {
    const at = `portInfos[${String(index)}].`;
    const ranges = () =>
      mergeTexts([
        readTexts(() => info.cidrs, `${at}cidrs`),
        readTexts(() => info.ipv6Cidrs, `${at}ipv6Cidrs`),
      ]);
    yield {
      protocol: () => protocolName(required(info.protocol, `${at}protocol`)),
      ports: () => [amount(info.fromPort), amount(info.toPort)],
      ranges: () => {
        const { known, unknown } = mergeTexts([ranges(), readTexts(() => info.cidrListAliases, at)]);
        return known.length + unknown.length > 0 ? ranges() : everywhere(`${at}cidrs`);
      },
      prefixLists: () => nothing,
      groups: () => nothing,
      self: () => undefined,
    };
  }
};

/** `protocol, first port, last port, source`; the source can be a range or a security group. */
function* sshRestriction(at: string, option: string): Iterable<IngressRule> {
  const [protocol = "", from, to, source = ""] = option.split(",").map((part) => part.trim());
  const texts = { known: [{ at, value: source }], unknown: [] };
  const isGroup = source.startsWith("sg-");
  yield {
    ...{ protocol: () => protocolName(protocol), ports: () => [amount(from), amount(to)] },
    ranges: () => (isGroup ? nothing : texts),
    prefixLists: () => nothing,
    groups: () => (isGroup ? texts : nothing),
    self: () => undefined,
  };
}
