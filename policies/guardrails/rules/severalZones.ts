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
    yield* judgeEach(allOf(stack, "aws:autoscaling/group:Group"), function* (group) {
      const subnets = referencedZones(subnetsOf(stack, group, "vpcZoneIdentifiers"));
      yield* judgeZones(group, "vpcZoneIdentifiers", withNamed(subnets, group), minimumZones);
    });
    yield* judgeEach(balancersIn(stack), function* (balancer) {
      const { resource } = balancer;
      const mappings = { property: "subnetMappings", member: "subnetId" };
      const subnets = referencedZones(subnetsOf(stack, resource, "subnets", mappings));
      const zones = balancer.kind === "classic" ? withNamed(subnets, balancer.resource) : subnets;
      yield* judgeZones(resource, "subnets", zones, minimumZones);
    });
  },
);

interface WithZones {
  readonly props: { readonly availabilityZones?: readonly string[] | undefined };
}

/**
 * A group or a classic load balancer without subnets has a list of zones. With subnets AWS derives the zones, and a
 * preview does not know them.
 */
function withNamed({ certain, possible, unknown }: ReferencedZones, { props }: WithZones): ReferencedZones {
  const named = tryRead(() => [...(props.availabilityZones ?? [])]);
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
