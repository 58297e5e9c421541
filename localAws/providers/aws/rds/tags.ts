import type { AwsClients } from "../clients";
import type { Change } from "../resourceType";
import { tagChange } from "../tags";
import { reading } from "../values";

/** Updates the tags of an RDS resource, by its ARN. */
export async function updateTags(aws: AwsClients, { old, new: inputs }: Change): Promise<void> {
  const ResourceName = reading<{ arn: string }>(old).requiredString("arn");
  const { set, remove } = tagChange(old, inputs);
  const rds = await aws.rds();
  if (remove.length > 0) await rds.removeTagsFromResource({ ResourceName, TagKeys: remove });
  if (set.length > 0) await rds.addTagsToResource({ ResourceName, Tags: set });
}
