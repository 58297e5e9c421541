import type { Tag } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { AwsClients } from "../clients";
import type { Change } from "../resourceType";
import { tagChange } from "../tags";

/** The tags of the resource with this ARN. */
export async function readTags(aws: AwsClients, arn: string): Promise<Tag[] | undefined> {
  const { TagDescriptions } = await (await aws.elbv2()).describeTags({ ResourceArns: [arn] });
  return TagDescriptions?.[0]?.Tags;
}

/** Updates the tags. The id of all of ELB's types is their ARN. */
export async function updateTags(aws: AwsClients, { id, old, new: inputs }: Change): Promise<void> {
  const { set, remove } = tagChange(old, inputs);
  const elb = await aws.elbv2();
  if (remove.length > 0) await elb.removeTags({ ResourceArns: [id], TagKeys: remove });
  if (set.length > 0) await elb.addTags({ ResourceArns: [id], Tags: set });
}

/** The SDK's `arnSuffix`, which is the dimension of CloudWatch's metrics. */
export function arnSuffix(arn: string): string {
  const name = arn.slice(arn.lastIndexOf(":") + 1);
  return name.replace(/^loadbalancer\//, "");
}
