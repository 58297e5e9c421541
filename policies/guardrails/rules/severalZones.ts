import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach, tryRead } from "../../support/unknown";
import { balancersIn } from "../../support/views/loadBalancers";
import { referencedZones, subnetsOf, type ReferencedZones } from "../../support/views/subnets";

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
    counterparts: { fsbp: ["AutoScaling.2", "ELB.13", "ELB.10"], checkov: [], cdkNag: [] },
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
    yield* judgeEach([...groupsIn(stack), ...balancerZonesIn(stack)], function* ({ resource, at, zones }) {
      yield* judgeZones(resource, at, zones(), minimumZones);
    });
  },
);

/** A resource, and the property with its subnets. */
interface InZones {
  readonly resource: StackResource;
  readonly at: string;
  readonly zones: () => ReferencedZones;
}

function groupsIn(stack: readonly StackResource[]): readonly InZones[] {
  const at = "vpcZoneIdentifiers";
  return allOf(stack, "aws:autoscaling/group:Group").map((group) => ({
    resource: group,
    at,
    zones: () => withNamed(referencedZones(subnetsOf(stack, group, at)), group),
  }));
}

function balancerZonesIn(stack: readonly StackResource[]): readonly InZones[] {
  const at = "subnets";
  const mappings = { property: "subnetMappings", member: "subnetId" };
  return balancersIn(stack).map((balancer) => ({
    resource: balancer.resource,
    at,
    zones: () => {
      const subnets = referencedZones(subnetsOf(stack, balancer.resource, at, mappings));
      return balancer.kind === "classic" ? withNamed(subnets, balancer.resource) : subnets;
    },
  }));
}

interface WithZones {
  readonly props: { readonly availabilityZones?: readonly string[] | undefined };
}

/**
 * A group or a classic load balancer without subnets has a list of zones. With subnets AWS derives the zones, and a
 * preview does not know them.
 */
function withNamed(zones: ReferencedZones, { props }: WithZones): ReferencedZones {
  const { certain, possible, unknown } = zones;
  const named = tryRead(() => [...(props.availabilityZones ?? [])]);
  if (!named.known) return { ...zones, unknown: unknown ?? (possible.length > 0 ? undefined : named.error) };
  return { ...zones, certain: [...certain, ...named.value], possible: [...possible, ...named.value] };
}

function* judgeZones(
  resource: StackResource,
  at: string,
  { certain, possible, unknown, assumed }: ReferencedZones,
  minimumZones: number,
): Iterable<StackFinding> {
  if (new Set(certain).size >= minimumZones) {
    if (assumed !== undefined) throw assumed;
    return;
  }
  const most = new Set(possible);
  if (unknown !== undefined && (most.size === 0 || most.size >= minimumZones)) throw unknown;
  yield {
    resource,
    at,
    value: `in ${most.size === 0 ? "no known zone" : [...most].join(", ")}`,
    allowed: `subnets in at least ${String(minimumZones)} Availability Zones`,
  };
}
