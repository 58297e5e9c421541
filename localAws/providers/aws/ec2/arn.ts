import type { AwsClients } from "../clients";

/** An EC2 resource's ARN, for the calls that do not answer it. */
export function ec2Arn(aws: AwsClients, kind: string, id: string, ownerId?: string): string {
  return `arn:aws:ec2:${aws.region}:${ownerId ?? aws.accountId}:${kind}/${id}`;
}
