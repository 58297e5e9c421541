import type { ResourceType, TagSpecification } from "@aws-sdk/client-ec2";

import type { AwsClients } from "../clients";
import type { Change, Properties } from "../resourceType";
import { tagChange, tagList } from "../tags";

/** The `tags` property for the create request, so that the resource never exists without tags. */
export function taggedAs(type: ResourceType, inputs: Properties): { TagSpecifications?: TagSpecification[] } {
  const Tags = tagList(inputs);
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: type, Tags }] };
}

/** Updates the tags of an EC2 resource to the `tags` property. */
export async function retag(
  aws: AwsClients,
  { id, old, new: inputs, changed }: Change,
  resourceId = id,
): Promise<void> {
  if (!changed.has("tags")) return;
  const ec2 = await aws.ec2();
  const { set, remove } = tagChange(old, inputs);
  if (remove.length > 0) {
    await ec2.deleteTags({ Resources: [resourceId], Tags: remove.map((Key) => ({ Key })) });
  }
  if (set.length > 0) await ec2.createTags({ Resources: [resourceId], Tags: set });
}
