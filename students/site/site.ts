import type { StudentAccount } from "../account/account";
import {
  balancersOf,
  healthOf,
  targetGroupsOf,
  type Balancer,
  type Targets,
  type TargetState,
} from "./balancers";
import { groupsOf, type Group } from "./groups";
import { serversOf, type Server } from "./servers";

/** A student's website, found by what is connected: names do not matter. Every part may be missing. */
export interface Site {
  readonly balancer: Balancer | undefined;
  readonly targetGroup: Targets | undefined;
  readonly targets: readonly TargetState[];
  readonly group: Group | undefined;
  /** The servers behind the balancer and those of the group; without both, every server of the student. */
  readonly servers: readonly Server[];
}

/**
 * The student's site. Of several groups, the one that serves behind a balancer; of several target groups, the group's,
 * then one behind a balancer that has targets; the first by name among equals.
 */
export async function siteOf(account: StudentAccount): Promise<Site> {
  const [balancers, targetGroups, groups, servers] = await Promise.all([
    balancersOf(account),
    targetGroupsOf(account),
    groupsOf(account),
    serversOf(account),
  ]);
  const isServing = ({ balancers: arns }: Targets) => balancers.some(({ arn }) => arns.includes(arn));
  const targetGroupsIn = ({ targetGroupArns }: Group) =>
    targetGroups.filter(({ arn }) => targetGroupArns.includes(arn));
  const group = best(groups, (each) => {
    const its = targetGroupsIn(each);
    return (its.some(isServing) ? 2 : 0) + (its.length > 0 ? 1 : 0);
  });

  const withTargets = await Promise.all(
    targetGroups.map(async (each) => ({ targetGroup: each, targets: await healthOf(account, each) })),
  );
  const chosen = best(withTargets, ({ targetGroup, targets }) => {
    const isGroups = group?.targetGroupArns.includes(targetGroup.arn) === true;
    return (isGroups ? 4 : 0) + (isServing(targetGroup) ? 2 : 0) + (targets.length > 0 ? 1 : 0);
  });
  const { targetGroup, targets = [] } = chosen ?? {};
  const ids = new Set([...targets.map(({ id }) => id), ...(group?.instanceIds ?? [])]);
  const hasPlace = targetGroup !== undefined || group !== undefined;
  return {
    balancer:
      balancers.find(({ arn }) => targetGroup?.balancers.includes(arn) === true) ??
      (targetGroup === undefined ? balancers[0] : undefined),
    targetGroup,
    targets,
    group,
    servers: hasPlace ? servers.filter(({ id }) => ids.has(id)) : servers,
  };
}

/** The first item of the highest score. */
function best<Item>(items: readonly Item[], scoreOf: (item: Item) => number): Item | undefined {
  const highest = Math.max(...items.map(scoreOf));
  return items.find((item) => scoreOf(item) === highest);
}

/** Whether the group is paused: it may keep no server and wants none. */
export function isPaused({ group, servers }: Site): boolean {
  return group?.min === 0 && group.desired === 0 && servers.length === 0;
}
