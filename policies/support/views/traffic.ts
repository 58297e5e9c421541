import { referencesOf } from "../references";
import { allOf, type StackResource, type StackResourceOf } from "../stack";
import { tryRead } from "../unknown";

export type Group = StackResourceOf<"aws:autoscaling/group:Group">;

/** The health check of what sends traffic to a group. */
export type TrafficCheck = "ELB" | "VPC_LATTICE";

/**
 * What sends traffic to an Auto Scaling group: its own properties, and the resources that attach a load balancer to it.
 * Throws the policy SDK's error when a preview does not know whether something does.
 */
export function trafficOf(group: Group, stack: readonly StackResource[]): readonly TrafficCheck[] {
  const attachments = [
    ...allOf(stack, "aws:autoscaling/attachment:Attachment").map((resource) => ({ resource, type: "elbv2" })),
    ...allOf(stack, "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment").map((resource) => ({
      resource,
      type: resource.props.trafficSource?.type,
    })),
  ];
  const attached = attachments.filter(({ resource }) => isOf(resource, group, stack));
  const certain = [...attached.map(({ type }) => checkOf(type))];
  if (certain.length > 0) return certain;
  const { loadBalancers, targetGroupArns, trafficSources = [] } = group.props;
  const balanced = [loadBalancers, targetGroupArns].some((all) => all !== undefined && all.length > 0);
  return [...(balanced ? (["ELB"] as const) : []), ...trafficSources.map(({ type }) => checkOf(type))];
}

/** Whether an attachment is the group's: by its name or id, or by a preview's dependencies. */
function isOf(attachment: StackResource, group: Group, stack: readonly StackResource[]): boolean {
  const at = "autoscalingGroupName";
  const name = tryRead((): unknown => Reflect.get(attachment.props, at));
  const token = "aws:autoscaling/group:Group";
  const found = ["name", "id"].map((key) => referencesOf(stack, attachment, at, token, { key }));
  const isGroup = ({ urn }: StackResource) => urn === group.urn;
  if (found.some(({ certain }) => certain.some(isGroup))) return true;
  const doubt = found.find(({ possible, unknown }) => unknown !== undefined && possible.some(isGroup));
  if (doubt?.unknown !== undefined && !name.known) throw doubt.unknown;
  return false;
}

function checkOf(type: string | undefined): TrafficCheck {
  return type === "vpc-lattice" ? "VPC_LATTICE" : "ELB";
}
