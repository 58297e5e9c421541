import { mergeReferences, referencesOf } from "../references";
import { isResource } from "../resourceTypes";
import { isOff } from "../spelling";
import { allOf, type StackResource, type StackResourceOf } from "../stack";
import { tryRead } from "../unknown";

type MetricAlarm = StackResourceOf<"aws:cloudwatch/metricAlarm:MetricAlarm">;
type CompositeAlarm = StackResourceOf<"aws:cloudwatch/compositeAlarm:CompositeAlarm">;
type Alarm = MetricAlarm | CompositeAlarm;

/** What an alarm reaches: a subscriber, a topic without a subscription, or nothing that informs. */
export type Audience = "heard" | "unheard" | "silent";

/** The metric alarms of the stack. */
export function metricAlarmsIn(stack: readonly StackResource[]): readonly MetricAlarm[] {
  return allOf(stack, "aws:cloudwatch/metricAlarm:MetricAlarm");
}

/** Whether an alarm watches a metric of a service, alone or in a formula. */
export function watches({ props }: MetricAlarm, namespace: string): boolean {
  const queries = props.metricQueries ?? [];
  return props.namespace === namespace || queries.some(({ metric }) => metric?.namespace === namespace);
}

/**
 * What an alarm reaches: by its own actions, or by those of the composite alarms that contain it. Throws the policy
 * SDK's error when a preview does not know it.
 */
export function audienceOf(
  alarm: Alarm,
  stack: readonly StackResource[],
  below: readonly Alarm[] = [],
): Audience {
  const inside = [...below, alarm];
  return best([
    audienceOfActions(alarm, stack),
    ...allOf(stack, "aws:cloudwatch/compositeAlarm:CompositeAlarm")
      // AWS refuses a composite alarm that contains itself.
      .filter((composite) => !inside.some(({ urn }) => urn === composite.urn) && contains(composite, alarm))
      .map((composite) => audienceOf(composite, stack, inside)),
  ]);
}

function audienceOfActions(alarm: Alarm, stack: readonly StackResource[]): Audience {
  if (isOff(alarm.props.actionsEnabled)) return "silent";
  const topics = referencesOf(stack, alarm, "alarmActions", "aws:sns/topic:Topic", { key: "arn" });
  const certain = best(topics.certain.map((topic) => (hasSubscriber(topic, stack) ? "heard" : "unheard")));
  if (certain === "heard" || hasInformingLiteral(alarm, stack)) return "heard";
  if (topics.unknown !== undefined) {
    const { unknown } = topics;
    // Whichever topic it is: subscribed or not.
    if (topics.possible.some((topic) => hasSubscriber(topic, stack))) throw unknown;
    return "unheard";
  }
  return certain;
}

/** An action that is not a topic of this stack, and informs: another stack's topic, a function, an incident. */
function hasInformingLiteral(alarm: Alarm, stack: readonly StackResource[]): boolean {
  const own = allOf(stack, "aws:sns/topic:Topic").flatMap((topic) => {
    const arn = tryRead((): unknown => Reflect.get(topic.props, "arn"));
    return arn.known ? [arn.value] : [];
  });
  const actions = tryRead((): unknown => alarm.props.alarmActions);
  if (!actions.known || !Array.isArray(actions.value)) return false;
  const list: readonly unknown[] = actions.value;
  return [...list.keys()].some((index) => {
    const action = tryRead(() => list.at(index));
    if (!action.known) return informsByType(alarm);
    return typeof action.value === "string" && !own.includes(action.value) && informs(action.value);
  });
}

/** Whether an action's unknown ARN may come from something else that informs, e.g. a function. */
function informsByType({ propertyDependencies }: Alarm): boolean {
  return (propertyDependencies["alarmActions"] ?? []).some(
    (source) =>
      !isResource(source, "aws:sns/topic:Topic") && !isResource(source, "aws:autoscaling/policy:Policy"),
  );
}

/** Scaling and EC2's own actions change servers, and inform no subscriber. */
function informs(arn: string): boolean {
  return !/^arn:[^:]*:(?:autoscaling|automate|swf):/.test(arn) && !arn.includes(":action/actions/");
}

const subscribers = [
  ["aws:sns/topicSubscription:TopicSubscription", "topic"],
  ["aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "snsTopicArns"],
  ["aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration", "snsTopicArns"],
] as const;

function hasSubscriber(topic: StackResource, stack: readonly StackResource[]): boolean {
  return subscribers.some(([token, property]) =>
    allOf(stack, token).some((subscription) => {
      const topics = mergeReferences(
        ["arn", "id"].map((key) =>
          referencesOf(stack, subscription, property, "aws:sns/topic:Topic", { key }),
        ),
      );
      return topics.possible.some(({ urn }) => urn === topic.urn);
    }),
  );
}

/** Whether a composite alarm's rule contains an alarm, by its name or ARN; a preview knows only the dependency. */
function contains(composite: CompositeAlarm, alarm: Alarm): boolean {
  const depends = (composite.propertyDependencies["alarmRule"] ?? []).some(({ urn }) => urn === alarm.urn);
  const rule = tryRead((): unknown => composite.props.alarmRule);
  if (!rule.known || typeof rule.value !== "string") return depends;
  const names = ["name", "alarmName", "arn", "id"].flatMap((property) => {
    const name = tryRead((): unknown => Reflect.get(alarm.props, property));
    return name.known && typeof name.value === "string" && name.value !== "" ? [name.value] : [];
  });
  return names.length === 0 ? depends : namedIn(rule.value).some((name) => names.includes(name));
}

/** The alarms in a rule such as `ALARM("a") OR NOT OK(b)`. */
function namedIn(rule: string): readonly string[] {
  return [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)/g)].flatMap(
    ([, name]) => name ?? [],
  );
}

function best(all: readonly Audience[]): Audience {
  return all.includes("heard") ? "heard" : all.includes("unheard") ? "unheard" : "silent";
}
