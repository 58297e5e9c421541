import { hasTags, recordOf, tagsOf, type Stack } from "../stack/stack";

/** An alarm of the stack. */
export interface StackAlarm {
  /** Its name in CloudWatch, with random characters at its end. */
  readonly name: string;
  /** Its `Name` tag, which ends in the name of its page in docs/runbook. */
  readonly tag: string;
  readonly state: "ALARM" | "INSUFFICIENT_DATA" | "OK";
  /** Whether it publishes when its state changes. A paused fleet's alarms do not. */
  readonly actionsEnabled: boolean;
  /** The topics to which it publishes an alarm. */
  readonly topicArns: readonly string[];
}

/** The stack's alarms, sorted by name. */
export async function stackAlarms(stack: Stack): Promise<readonly StackAlarm[]> {
  const { paginateDescribeAlarms } = await import("@aws-sdk/client-cloudwatch");
  const client = await stack.clients.cloudWatch();
  const found: StackAlarm[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
    { client },
    { AlarmTypes: ["MetricAlarm"] },
  )) {
    for (const { AlarmArn, AlarmName: name, ...alarm } of MetricAlarms) {
      // The alarms of target tracking have no topic, and no tags of the stack.
      const topicArns = (alarm.AlarmActions ?? []).filter((action) => action.split(":")[2] === "sns");
      if (AlarmArn === undefined || name === undefined || topicArns.length === 0) continue;
      const tags = recordOf((await client.listTagsForResource({ ResourceARN: AlarmArn })).Tags);
      if (!hasTags(tags, tagsOf(stack))) continue;
      found.push({
        name,
        tag: tags["Name"] ?? name,
        state: alarm.StateValue ?? "INSUFFICIENT_DATA",
        actionsEnabled: alarm.ActionsEnabled ?? true,
        topicArns,
      });
    }
  }
  return found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
