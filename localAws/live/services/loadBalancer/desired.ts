/** What the world asks of each load balancer. */
import type { TargetHealth } from "../../reports";
import type { LoadBalancer, Place, TargetGroup } from "../../world";
import { health } from "./health";

export interface DesiredTarget {
  readonly id: string;
  readonly port: number;
  readonly address: string;
  readonly draining: boolean;
}

export interface DesiredGroup {
  readonly group: TargetGroup;
  /** Those with an address, also while they are draining. */
  readonly targets: readonly DesiredTarget[];
  /** The health of those that get no health checks. */
  readonly unused: Readonly<Record<string, TargetHealth>>;
}

export interface Desired {
  readonly loadBalancer: LoadBalancer;
  readonly groups: readonly DesiredGroup[];
}

export interface DesiredPlace {
  readonly balancers: readonly Desired[];
  /** Target groups that no load balancer uses, with the health of their targets. */
  readonly unused: readonly {
    readonly arn: string;
    readonly health: Readonly<Record<string, TargetHealth>>;
  }[];
}

export function desiredOf(place: Place): DesiredPlace {
  const balancers = place.loadBalancers.map((loadBalancer) => {
    const arns = groupsOf(loadBalancer);
    const groups = place.targetGroups.filter(({ arn }) => arns.has(arn));
    return { loadBalancer, groups: groups.map((group) => desiredGroup(place, loadBalancer, group)) };
  });
  const used = new Set(balancers.flatMap(({ groups }) => groups.map(({ group }) => group.arn)));
  const unused = place.targetGroups
    .filter(({ arn }) => !used.has(arn))
    .map(({ arn, targets }) => ({
      arn,
      health: Object.fromEntries(
        targets.map(({ id, draining }) => [id, draining ? health.draining : health.notInUse]),
      ),
    }));
  return { balancers, unused };
}

/** The target groups that its rules name. */
function groupsOf({ listeners }: LoadBalancer): ReadonlySet<string> {
  const actions = listeners.flatMap(({ rules }) => rules.flatMap((rule) => rule.actions));
  return new Set(actions.flatMap(({ targetGroupArns }) => targetGroupArns));
}

function desiredGroup(place: Place, loadBalancer: LoadBalancer, group: TargetGroup): DesiredGroup {
  const zones = zonesOf(place, loadBalancer);
  const targets: DesiredTarget[] = [];
  const unused: Record<string, TargetHealth> = {};
  // A target that was registered again counts, not its former registration.
  const ordered = [...group.targets].sort((one, other) => Number(other.draining) - Number(one.draining));
  for (const { id, port, draining } of ordered) {
    const instance = place.instances.find((each) => each.id === id);
    const address = instance?.interfaces[0]?.privateIp;
    if (instance === undefined || address === undefined) {
      unused[id] = draining ? health.draining : health.terminated;
    } else if (instance.state === "stopped" || instance.state === "terminated") {
      unused[id] = draining ? health.draining : health[instance.state];
    } else if (!zones.has(instance.zone)) {
      unused[id] = health.otherZone;
    } else {
      targets.push({ id, port, address, draining });
    }
  }
  return { group, targets, unused };
}

function zonesOf(place: Place, { interfaces, vpcId }: LoadBalancer): ReadonlySet<string> {
  const subnets = place.vpcs.find(({ id }) => id === vpcId)?.subnets ?? [];
  const ids = new Set(interfaces.map(({ subnetId }) => subnetId));
  return new Set(subnets.filter(({ id }) => ids.has(id)).map(({ zone }) => zone));
}
