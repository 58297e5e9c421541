import { monthly, prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";

/** The alarms that Auto Scaling creates for target tracking, and deletes with the policy. */
const ofTargetTracking = /^TargetTracking-(.+)-Alarm(?:High|Low)-/;

/** CloudWatch alarms. The first ten of an account are free; this counts all. */
export const alarms: ResourceType = {
  kind: "alarm",
  list: async (clients) => {
    const cloudWatch = await clients.cloudWatch();
    const found = await allOf(cloudWatch.paginateDescribeAlarms({}), (page) => page.MetricAlarms);
    return Promise.all(
      found.map(async ({ AlarmName = "", AlarmArn, MetricName, AlarmConfigurationUpdatedTimestamp }) => {
        const { Tags } = await cloudWatch.listTagsForResource({ ResourceARN: AlarmArn });
        const group = ofTargetTracking.exec(AlarmName)?.[1];
        return {
          kind: "alarm" as const,
          id: AlarmName,
          detail: MetricName ?? "",
          tags: tagsOf(Tags),
          createdAt: AlarmConfigurationUpdatedTimestamp,
          dollarsPerHour: monthly(prices.alarmPerMonth),
          running: false,
          uses: known(group),
          goesWith: group,
        };
      }),
    );
  },
  remove: async (clients, id) => {
    await (await clients.cloudWatch()).deleteAlarms({ AlarmNames: [id] });
  },
};
