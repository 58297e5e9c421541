import type { StackFinding } from "../../support/finding";
import type { Token } from "../../support/resourceTypes";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, referredTo, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { zonesOf } from "../../support/zones";

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
        description: "The fewest Availability Zones: a whole number from 1 to 6.",
      }),
    },
  },
  function* (stack, { minimumZones }) {
    yield* judgeEach(allOf(stack, "aws:autoscaling/group:Group"), function* (group) {
      const named = group.props.availabilityZones ?? [];
      const zones = [...zonesOf(subnetsOf(group, ["vpcZoneIdentifiers"])), ...named];
      yield* judgeZones(group, "vpcZoneIdentifiers", new Set(zones), minimumZones);
    });
    yield* judgeEach(allOf(stack, "aws:lb/loadBalancer:LoadBalancer"), function* (loadBalancer) {
      const zones = zonesOf(subnetsOf(loadBalancer, ["subnets", "subnetMappings"]));
      yield* judgeZones(loadBalancer, "subnets", new Set(zones), minimumZones);
    });
  },
);

function subnetsOf<T extends Token>(resource: StackResourceOf<T>, properties: readonly string[]) {
  return properties.flatMap((property) => referredTo(resource, property, "aws:ec2/subnet:Subnet"));
}

function* judgeZones<T extends Token>(
  resource: StackResourceOf<T>,
  at: string,
  zones: ReadonlySet<string>,
  minimumZones: number,
): Iterable<StackFinding> {
  if (zones.size >= minimumZones) return;
  yield {
    resource,
    at,
    value: `in ${zones.size === 0 ? "no zone that can be seen" : [...zones].join(", ")}`,
    allowed: `subnets in at least ${String(minimumZones)} Availability Zones`,
  };
}
