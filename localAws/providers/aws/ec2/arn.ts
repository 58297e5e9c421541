import type { AwsClients } from "../clients";

/** An EC2 resource's ARN, for calls that do not return it. */
export function ec2Arn(aws: AwsClients, kind: string, id: string, ownerId?: string): string {
  return `arn:aws:ec2:${aws.region}:${ownerId ?? aws.accountId}:${kind}/${id}`;
}
