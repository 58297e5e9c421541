import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { StudentAccount } from "../account/account";
import { everyItem, inOrder } from "../account/paging";
import { ownElbArns } from "./ownership";

/** An Application Load Balancer that the internet reaches. */
export interface Balancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly vpcId: string;
  readonly zones: readonly string[];
  /** Ids of its security groups. */
  readonly groups: readonly string[];
  /** `active`, `provisioning` and so on. */
  readonly state: string;
}

export interface Targets {
  readonly arn: string;
  readonly name: string;
  readonly port: number | undefined;
  readonly vpcId: string;
  /** ARNs of the load balancers that route to it. */
  readonly balancers: readonly string[];
}

/** The student's Application Load Balancers that the internet reaches, by name. */
export async function balancersOf(account: StudentAccount): Promise<readonly Balancer[]> {
  const elbv2 = await account.elbv2();
  const { paginateDescribeLoadBalancers } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const all = await everyItem(
    paginateDescribeLoadBalancers({ client: elbv2 }, {}),
    ({ LoadBalancers }) => LoadBalancers,
    ({ LoadBalancerArn }) => LoadBalancerArn,
  );
  const open = all.filter(({ Type, Scheme }) => Type === "application" && Scheme === "internet-facing");
  const own = await ownElbArns(
    account,
    open.flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []),
  );
  return open.map(balancer).filter(({ arn }) => own.has(arn));
}

function balancer(found: LoadBalancer): Balancer {
  return {
    arn: found.LoadBalancerArn ?? "",
    name: found.LoadBalancerName ?? "",
    dnsName: found.DNSName ?? "",
    vpcId: found.VpcId ?? "",
    zones: (found.AvailabilityZones ?? []).flatMap(({ ZoneName }) => ZoneName ?? []).toSorted(),
    groups: (found.SecurityGroups ?? []).toSorted(),
    state: found.State?.Code ?? "unknown",
  };
}

/** The student's target groups, by ARN. */
export async function targetGroupsOf(account: StudentAccount): Promise<readonly Targets[]> {
  const elbv2 = await account.elbv2();
  const { paginateDescribeTargetGroups } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const all = await everyItem(
    paginateDescribeTargetGroups({ client: elbv2 }, {}),
    ({ TargetGroups }) => TargetGroups,
    ({ TargetGroupArn }) => TargetGroupArn,
  );
  const own = await ownElbArns(
    account,
    all.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
  );
  return all.map(targets).filter(({ arn }) => own.has(arn));
}

function targets(found: TargetGroup): Targets {
  return {
    arn: found.TargetGroupArn ?? "",
    name: found.TargetGroupName ?? "",
    port: found.Port,
    vpcId: found.VpcId ?? "",
    balancers: (found.LoadBalancerArns ?? []).toSorted(),
  };
}

/** A registered target and its health. */
export interface TargetState {
  /** An instance's id, an address or an ARN. */
  readonly id: string;
  /** `healthy`, `unhealthy`, `initial`, `draining`, `unused`. */
  readonly state: string;
  /** AWS's reason for another state than `healthy`, e.g. `Target.FailedHealthChecks`. */
  readonly reason: string | undefined;
}

/** The targets of a target group, by id. */
export async function healthOf(account: StudentAccount, { arn }: Targets): Promise<readonly TargetState[]> {
  const elbv2 = await account.elbv2();
  const { TargetHealthDescriptions = [] } = await elbv2.describeTargetHealth({ TargetGroupArn: arn });
  const states = TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
    id: Target?.Id ?? "",
    state: TargetHealth?.State ?? "unknown",
    reason: TargetHealth?.Reason,
  }));
  return inOrder(states, ({ id }) => id);
}
