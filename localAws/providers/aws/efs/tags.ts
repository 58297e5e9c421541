import type { AwsClients } from "../clients";
import type { Change } from "../resourceType";
import { tagChange } from "../tags";

/** Updates the tags of a file system or access point. */
export async function updateTags(aws: AwsClients, { id, old, new: inputs }: Change): Promise<void> {
  const { set, remove } = tagChange(old, inputs);
  const efs = await aws.efs();
  if (remove.length > 0) await efs.untagResource({ ResourceId: id, TagKeys: remove });
  if (set.length > 0) await efs.tagResource({ ResourceId: id, Tags: set });
}
