import type { StackFinding } from "../../support/finding";
import { referencesOf, mergeReferences } from "../../support/references";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach, tryRead } from "../../support/unknown";
import { referencedZones, type ReferencedZones } from "../../support/zones";

export const severalZones = stackRule(
  {
    name: "several-zones",
    displayName: "Fleet and load balancer in several zones",
    description: "Auto Scaling groups and load balancers are in several Availability Zones.",
    why: "An Availability Zone can fail. With servers in another zone the site stays available, and the group starts new servers there.",
    severity: "high",
    topics: ["availability"],
    fix: "Set subnets in different Availability Zones, and create them in the same stack, so that their zones are known.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
    counterparts: { fsbp: ["AutoScaling.2", "ELB.13"], checkov: [], cdkNag: [] },
    settings: {
      minimumZones: wholeNumber({
        default: 2,
        minimum: 1,
        maximum: 6,
        description: "The smallest number of Availability Zones",
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

/** A group without subnets has a list of zones. With subnets AWS derives the zones, and a preview does not know them. */
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
    value: `in ${most.size === 0 ? "no known zone" : [...most].join(", ")}`,
    allowed: `subnets in at least ${String(minimumZones)} Availability Zones`,
  };
}
