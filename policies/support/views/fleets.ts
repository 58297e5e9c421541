import { isSet } from "../isSet";
import { isResource, type PropsOf } from "../resourceTypes";
import { allOf, referredTo, refersTo, type StackResource } from "../stack";
import { tryRead } from "../unknown";
import { mergeTexts, readTexts, type Texts } from "./ids";

/** A resource that sets the security groups of servers. */
export interface ServerSource {
  readonly resource: StackResource;
  /** Whether an Auto Scaling group or a load balancer's Spot Fleet uses it: every group of its servers must be visible. */
  readonly isFleet: boolean;
  /** The ids and names of the groups, by the property of the resource that has them. */
  readonly groups: readonly { readonly property: string; readonly texts: Texts }[];
}

/**
 * What sets the security groups of a site's servers: the templates and configurations of Auto Scaling groups and fleets, and
 * the instances that are targets of a load balancer.
 */
export function serverSourcesOf(stack: readonly StackResource[]): readonly ServerSource[] {
  const starters = [
    ...allOf(stack, "aws:autoscaling/group:Group"),
    ...allOf(stack, "aws:ec2/spotFleetRequest:SpotFleetRequest"),
    ...allOf(stack, "aws:ec2/fleet:Fleet"),
    ...targetsOf(stack),
  ];
  const sources = starters.flatMap((starter) => {
    const templates = templateProperties.flatMap((property) => [
      ...referredTo(starter, property, "aws:ec2/launchTemplate:LaunchTemplate"),
      ...referredTo(starter, property, "aws:ec2/launchConfiguration:LaunchConfiguration"),
    ]);
    const sources = [...templates, starter];
    const interfaces = sources.flatMap((source) => interfacesOf(source, stack));
    return [...sources, ...interfaces].map((resource) => ({ resource, isFleet: isFleet(starter) }));
  });
  // Each once, and as part of a fleet if one of its users is one.
  const byUrn = new Map(
    sources
      .toSorted((one, other) => Number(one.isFleet) - Number(other.isFleet))
      .map((source) => [source.resource.urn, source]),
  );
  return [...byUrn.values()].flatMap((source) => {
    const groups = groupsOf(source.resource);
    return groups === undefined ? [] : [{ ...source, groups }];
  });
}

function isFleet(starter: StackResource): boolean {
  if (isResource(starter, "aws:ec2/spotFleetRequest:SpotFleetRequest")) {
    return isSet(starter.props, "targetGroupArns") || isSet(starter.props, "loadBalancers");
  }
  return isResource(starter, "aws:autoscaling/group:Group");
}

/** The network interfaces of a server, and the security groups that the stack attaches to its first one. */
function interfacesOf(source: StackResource, stack: readonly StackResource[]): readonly StackResource[] {
  const own = ["networkInterfaces", "primaryNetworkInterface"].flatMap((property) =>
    referredTo(source, property, "aws:ec2/networkInterface:NetworkInterface"),
  );
  const attachments = allOf(
    stack,
    "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
  ).filter((attachment) => [source, ...own].some((each) => refersTo(attachment, "networkInterfaceId", each)));
  return [...own, ...attachments];
}

/** The properties that name a template, or contain its name. */
const templateProperties = [
  ...["launchTemplate", "mixedInstancesPolicy", "launchConfiguration", "launchTemplateConfigs"],
];

/** Instances that a load balancer has as targets. */
function targetsOf(stack: readonly StackResource[]): readonly StackResource[] {
  const instances = [
    ...allOf(stack, "aws:ec2/instance:Instance"),
    ...allOf(stack, "aws:ec2/spotInstanceRequest:SpotInstanceRequest"),
  ];
  const attachments = [
    ...allOf(stack, "aws:lb/targetGroupAttachment:TargetGroupAttachment"),
    ...allOf(stack, "aws:elb/attachment:Attachment"),
    ...allOf(stack, "aws:elb/loadBalancer:LoadBalancer"),
  ];
  return instances.filter((instance) =>
    attachments.some((attachment) =>
      ["targetId", "instance", "instances"].some((property) => refersTo(attachment, property, instance)),
    ),
  );
}

/** The security groups that a resource sets; undefined if it sets none itself. */
function groupsOf(resource: StackResource): ServerSource["groups"] | undefined {
  if (isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate")) return groupsOfTemplate(resource.props);
  if (
    isResource(
      resource,
      "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
    )
  ) {
    const { props } = resource;
    return [textsOf("securityGroupId", () => props.securityGroupId)];
  }
  if (
    isResource(resource, "aws:ec2/launchConfiguration:LaunchConfiguration") ||
    isResource(resource, "aws:ec2/networkInterface:NetworkInterface")
  ) {
    const { props } = resource;
    return [textsOf("securityGroups", () => props.securityGroups)];
  }
  if (isResource(resource, "aws:ec2/spotFleetRequest:SpotFleetRequest")) {
    const { props } = resource;
    const texts = inMembers("launchSpecifications", () => props.launchSpecifications, "vpcSecurityGroupIds");
    return texts === undefined ? undefined : [texts];
  }
  if (
    isResource(resource, "aws:ec2/instance:Instance") ||
    isResource(resource, "aws:ec2/spotInstanceRequest:SpotInstanceRequest")
  ) {
    const { props } = resource;
    const own = [
      textsOf("vpcSecurityGroupIds", () => props.vpcSecurityGroupIds),
      // Names; deprecated, and still accepted.
      textsOf("securityGroups", (): unknown => Reflect.get(props, "securityGroups")),
    ];
    const isOwn = own.some(({ texts }) => texts.known.length + texts.unknown.length > 0);
    return isOwn || props.launchTemplate === undefined ? own : undefined;
  }
  return undefined;
}

function groupsOfTemplate(props: PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">): ServerSource["groups"] {
  const inInterfaces = inMembers("networkInterfaces", () => props.networkInterfaces, "securityGroups");
  return [
    ...(inInterfaces === undefined ? [] : [inInterfaces]),
    textsOf("vpcSecurityGroupIds", () => props.vpcSecurityGroupIds),
    textsOf("securityGroupNames", () => props.securityGroupNames),
  ];
}

function textsOf(property: string, read: () => unknown) {
  return { property, texts: readTexts(read, property) };
}

/** The texts in a member of each item of a list; undefined if there is no list. */
function inMembers(property: string, read: () => readonly object[] | undefined, member: string) {
  const list = tryRead(read);
  if (!list.known) return { property, texts: { known: [], unknown: [list.error] } };
  const { value } = list;
  if (value === undefined) return undefined;
  const texts = [...value.keys()].map((index) =>
    readTexts(
      (): unknown => Reflect.get(value.at(index) ?? {}, member),
      `${property}[${String(index)}].${member}`,
    ),
  );
  return { property, texts: mergeTexts(texts) };
}
