import { z } from "../../../cli/json";
import type { LiveStack } from "./liveStack";

const serverSchema = z.object({
  InstanceId: z.string(),
  ImageId: z.string(),
  LaunchTime: z.string(),
  Zone: z.string(),
  PublicIp: z.string().nullable(),
});

export type Server = z.output<typeof serverSchema>;

const query =
  "sort_by(Reservations[].Instances[], &LaunchTime)[].{InstanceId:InstanceId,ImageId:ImageId," +
  "LaunchTime:LaunchTime,Zone:Placement.AvailabilityZone,PublicIp:PublicIpAddress}";

/** Instances of the stack, the oldest first. @param filters as the AWS CLI takes them, e.g. `Name=tag-key,Values=x` */
export async function instances(
  { aws }: LiveStack,
  ...filters: readonly string[]
): Promise<readonly Server[]> {
  const words = ["ec2", "describe-instances", "--query", query, "--filters", ...filters];
  return await aws(z.array(serverSchema), ...words);
}

/** The group's servers that run. */
export async function servers(stack: LiveStack): Promise<readonly Server[]> {
  const ofGroup = "Name=tag-key,Values=aws:autoscaling:groupName";
  return await instances(stack, ofGroup, "Name=instance-state-name,Values=running");
}

/** Options of the AWS CLI that name the stack's Auto Scaling group. */
export function ofGroup({ output }: LiveStack): readonly string[] {
  return ["--auto-scaling-group-name", output("autoScalingGroupName")];
}
