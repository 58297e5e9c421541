import type { ScheduleGroupArgs, ScheduleGroupState } from "@pulumi/aws/scheduler";

import { unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** A schedule group. Its id is its name. */
export const scheduleGroup: ResourceType<ScheduleGroupArgs> = {
  token: "aws:scheduler/scheduleGroup:ScheduleGroup",
  properties: {
    name: { replace: true, autoName: { maxLength: 64 } },
    tags: {},
  },
  async create(aws, inputs) {
    const Name = reading<ScheduleGroupArgs>(inputs).requiredString("name");
    await (await aws.scheduler()).createScheduleGroup({ Name, Tags: newTagList(inputs) });
    return { id: Name };
  },
  async read(aws, id) {
    const scheduler = await aws.scheduler();
    const found = await unlessGone(scheduler.getScheduleGroup({ Name: id }), "ResourceNotFoundException");
    if (found === undefined) return undefined;
    const { Tags } = await scheduler.listTagsForResource({ ResourceArn: found.Arn });
    return present({
      arn: found.Arn,
      creationDate: found.CreationDate?.toISOString(),
      lastModificationDate: found.LastModificationDate?.toISOString(),
      name: found.Name,
      state: found.State,
      ...tagProperties(Tags),
    } satisfies Known<ScheduleGroupState>);
  },
  async update(aws, { old, new: inputs }) {
    const ResourceArn = reading<ScheduleGroupState>(old).requiredString("arn");
    const { set, remove } = tagChange(old, inputs);
    const scheduler = await aws.scheduler();
    if (remove.length > 0) await scheduler.untagResource({ ResourceArn, TagKeys: remove });
    if (set.length > 0) await scheduler.tagResource({ ResourceArn, Tags: set });
  },
  async delete(aws, id) {
    await unlessGone((await aws.scheduler()).deleteScheduleGroup({ Name: id }), "ResourceNotFoundException");
  },
};
