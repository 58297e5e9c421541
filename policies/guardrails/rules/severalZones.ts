import type { StackFinding } from "../../support/finding";
import { referencesOf, mergeReferences } from "../../support/references";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach, tryRead } from "../../support/unknown";
import { referencedZones, type ReferencedZones } from "../../support/zones";

/** High availability begins with not having everything in one building. */
export const severalZones = stackRule(
  {
    name: "several-zones",
    displayName: "Fleet and load balancer in several zones",
    description: "Auto Scaling groups and load balancers stand in several Availability Zones.",
    why: "A zone is a data centre, and data centres fail. With servers in another one the site stays up, and the group starts new ones there.",
    severity: "high",
    fix: "Give it subnets in different Availability Zones, and make those in the same stack, so that their zones can be seen.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
    counterparts: { fsbp: ["AutoScaling.2", "ELB.13"], checkov: [], cdkNag: [] },
    settings: {
      minimumZones: wholeNumber({
        default: 2,
        minimum: 1,
        maximum: 6,
        description: "The fewest Availability Zones",
      }),
    },
  },
  function* (stack, { minimumZones }) {
    const subnetsOf = (resource: StackResource, property: string, member?: string) =>
      referencesOf(
        stack,
        resource,
        property,
        "aws:ec2/subnet:Subnet",
        member === undefined ? {} : { member },
      );
    yield* judgeEach(allOf(stack, "aws:autoscaling/group:Group"), function* (group) {
      const subnets = referencedZones(subnetsOf(group, "vpcZoneIdentifiers"));
      yield* judgeZones(group, "vpcZoneIdentifiers", withNamed(subnets, group), minimumZones);
    });
    yield* judgeEach(allOf(stack, "aws:lb/loadBalancer:LoadBalancer"), function* (loadBalancer) {
      const subnets = mergeReferences([
        subnetsOf(loadBalancer, "subnets"),
        subnetsOf(loadBalancer, "subnetMappings", "subnetId"),
      ]);
      yield* judgeZones(loadBalancer, "subnets", referencedZones(subnets), minimumZones);
    });
  },
);

type Group = StackResourceOf<"aws:autoscaling/group:Group">;

/** A group names its zones where it names no subnets. With subnets AWS derives them, which a preview does not know. */
function withNamed({ certain, possible, unknown }: ReferencedZones, group: Group): ReferencedZones {
  const named = tryRead(() => [...(group.props.availabilityZones ?? [])]);
  if (!named.known)
    return { certain, possible, unknown: unknown ?? (possible.length > 0 ? undefined : named.error) };
  return { certain: [...certain, ...named.value], possible: [...possible, ...named.value], unknown };
}

function* judgeZones(
  resource: StackResource,
  at: string,
  { certain, possible, unknown }: ReferencedZones,
  minimumZones: number,
): Iterable<StackFinding> {
  if (new Set(certain).size >= minimumZones) return;
  const most = new Set(possible);
  if (unknown !== undefined && (most.size === 0 || most.size >= minimumZones)) throw unknown;
  yield {
    resource,
    at,
    value: `in ${most.size === 0 ? "no zone that can be seen" : [...most].join(", ")}`,
    allowed: `subnets in at least ${String(minimumZones)} Availability Zones`,
  };
}
