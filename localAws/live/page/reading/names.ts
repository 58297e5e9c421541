import { Failure } from "../../../../cli/failure";
import { z } from "../../../../cli/json";
import type { Readers } from "./clients";

/** The names by which AWS finds the parts of one stack. */
export interface StackNames {
  readonly groupName: string;
  readonly targetGroupArn: string;
  readonly vpcId: string;
  readonly databaseId: string;
}

/** A stack, and where its parts are. */
export interface WatchedStack extends StackNames {
  readonly stack: string;
  readonly region: string;
  readonly siteUrl: string | null;
  /** How many seconds one minute of CloudWatch takes: 60, except in an account of the emulator with another pace. */
  readonly secondsPerMinute: number;
}

const outputsSchema = z.object({
  autoScalingGroupName: z.string(),
  targetGroupArn: z.string(),
  vpcId: z.string(),
  databaseAddress: z.string(),
  siteUrl: z.string().optional(),
});

/**
 * @param outputs the outputs of the program
 * @throws Failure when the stack has no site
 */
export function namesInOutputs(stack: string, outputs: unknown): WatchedStack {
  const read = outputsSchema.safeParse(outputs);
  if (!read.success) {
    const missing = read.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new Failure(
      `The stack ${stack} has not all outputs that the page needs: ${missing}.`,
      "Create the site first (pulumi up), then run this again.",
    );
  }
  const { autoScalingGroupName, targetGroupArn, vpcId, databaseAddress, siteUrl } = read.data;
  return {
    stack,
    // arn:aws:elasticloadbalancing:us-east-1:…
    region: targetGroupArn.split(":")[3] ?? "",
    groupName: autoScalingGroupName,
    targetGroupArn,
    vpcId,
    // RDS's host names begin with the identifier.
    databaseId: databaseAddress.split(".")[0] ?? "",
    siteUrl: siteUrl ?? null,
    secondsPerMinute: 60,
  };
}

/** A stack of the emulator, and the DNS name of its load balancer. */
type Discovered = Omit<WatchedStack, "siteUrl" | "secondsPerMinute"> & { readonly loadBalancerHost: string };

/**
 * Finds the stack of an account of the emulator, which has only one: by its Auto Scaling group. Undefined before the
 * group, its load balancer or the database exist.
 */
export async function discover(readers: Readers, region: string): Promise<Discovered | undefined> {
  const { AutoScalingGroups = [] } = await (await readers.autoScaling()).describeAutoScalingGroups({});
  const group = AutoScalingGroups.find(({ TargetGroupARNs = [] }) => TargetGroupARNs.length > 0);
  const [targetGroupArn] = group?.TargetGroupARNs ?? [];
  if (group === undefined || targetGroupArn === undefined) return undefined;
  const elbv2 = await readers.elbv2();
  const { TargetGroups } = await elbv2.describeTargetGroups({ TargetGroupArns: [targetGroupArn] });
  const { VpcId: vpcId, LoadBalancerArns = [] } = TargetGroups?.[0] ?? {};
  if (vpcId === undefined || LoadBalancerArns.length === 0) return undefined;
  const { LoadBalancers } = await elbv2.describeLoadBalancers({ LoadBalancerArns });
  const { DBInstances = [] } = await (await readers.rds()).describeDBInstances({});
  const database = DBInstances.find(({ DBSubnetGroup }) => DBSubnetGroup?.VpcId === vpcId);
  const loadBalancerHost = LoadBalancers?.[0]?.DNSName;
  if (database === undefined || loadBalancerHost === undefined) return undefined;
  const groupName = group.AutoScalingGroupName ?? "";
  return {
    stack: group.Tags?.find(({ Key }) => Key === "Stack")?.Value ?? groupName,
    region,
    groupName,
    targetGroupArn,
    vpcId,
    databaseId: database.DBInstanceIdentifier ?? "",
    loadBalancerHost,
  };
}

/** `arn:aws:elasticloadbalancing:…:loadbalancer/app/wordpress/50dc6c495c0c9188` → `app/wordpress/50dc6c495c0c9188` */
export function loadBalancerDimension(arn: string): string {
  return arn.split(":loadbalancer/")[1] ?? "";
}
