import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";

import type { StackResource } from "../../../../policies/support/stack";
import { isUnknownValue } from "../../../../policies/support/unknown";
import { audienceOf, metricAlarmsIn, watches } from "../../../../policies/support/views/alarms";
import { among, anyFixture, unknown } from "../fixture";

type Dependencies = StackResource["propertyDependencies"];
const shown = (type: string, name: string, props: object = {}, dependencies: Dependencies = {}) =>
  among(anyFixture(type, name, unknownCheckingProxy(props)), dependencies);
const alarm = (props: object, dependencies: Dependencies = {}) =>
  shown("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { name: "load", ...props }, dependencies);
const composite = (name: string, props: object, dependencies: Dependencies = {}) =>
  shown("aws:cloudwatch/compositeAlarm:CompositeAlarm", name, props, dependencies);
const topicArn = "arn:aws:sns:us-east-1:1:mine";
const topic = shown("aws:sns/topic:Topic", "topic", { arn: topicArn, id: topicArn });
const other = shown("aws:sns/topic:Topic", "other", { arn: `${topicArn}-other`, id: `${topicArn}-other` });
const subscription = (of: string) =>
  shown("aws:sns/topicSubscription:TopicSubscription", "subscription", { topic: of });
const own = { alarmActions: [topicArn] };
const foreign = { alarmActions: ["arn:aws:sns:us-east-1:1:foreign"] };

/** `unknown` where a preview does not know it. */
function audienceIn(...stack: readonly StackResource[]): string {
  const [first] = metricAlarmsIn(stack);
  if (first === undefined) throw new Error("the stack has an alarm");
  try {
    return audienceOf(first, stack);
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return "unknown";
  }
}

describe("what an alarm reaches", () => {
  it("is a subscriber of its topic, or a topic without one", () => {
    expect(audienceIn(alarm(own), topic, subscription(topicArn))).to.equal("heard");
    expect(audienceIn(alarm(own), topic, other, subscription(`${topicArn}-other`))).to.equal("unheard");
    expect(audienceIn(alarm(own), topic)).to.equal("unheard");
  });

  for (const kind of ["slack", "teams"]) {
    it(`is a channel of ${kind}`, () => {
      const type = `aws:chatbot/${kind}ChannelConfiguration:${kind === "slack" ? "Slack" : "Teams"}ChannelConfiguration`;
      expect(
        audienceIn(alarm(own), topic, shown(type, "channel", { snsTopicArns: ["a", topicArn] })),
      ).to.equal("heard");
    });
  }

  it("is nothing without an action, or with actions that are off", () => {
    expect(audienceIn(alarm({}))).to.equal("silent");
    expect(audienceIn(alarm({ alarmActions: [] }))).to.equal("silent");
    expect(audienceIn(alarm({ ...foreign, actionsEnabled: false }))).to.equal("silent");
    expect(audienceIn(alarm({ ...foreign, actionsEnabled: true }))).to.equal("heard");
  });

  for (const [arn, audience] of [
    ["arn:aws:sns:us-east-1:1:foreign", "heard"],
    ["arn:aws:lambda:us-east-1:1:function:tell", "heard"],
    ["arn:aws:ssm:us-east-1:1:opsitem:1", "heard"],
    ["arn:aws:autoscaling:us-east-1:1:scalingPolicy:a", "silent"],
    ["arn:aws-cn:automate:us-east-1:ec2:stop", "silent"],
    ["arn:aws:swf:us-east-1:1:action/actions/AWS_EC2.InstanceId.Stop/1.0", "silent"],
    ["arn:aws:events:us-east-1:1:action/actions/a", "silent"],
    ["arn:aws:sns:us-east-1:1:arn:aws:swf:a", "heard"],
  ] as const) {
    it(`is ${audience === "heard" ? "a subscriber" : "nothing"} with the action ${arn}`, () => {
      expect(audienceIn(alarm({ alarmActions: [arn] }))).to.equal(audience);
    });
  }

  it("is not known where a preview does not know the topic, and only one has a subscriber", () => {
    const both = { alarmActions: [topic, other] };
    const unread = alarm({ alarmActions: unknown }, both);
    expect(audienceIn(unread, topic, other, subscription(topicArn))).to.equal("unknown");
    expect(audienceIn(unread, topic, other)).to.equal("unheard");
  });

  it("is what an unknown action may be by its type", () => {
    const lambda = shown("aws:lambda/function:Function", "tell");
    const scaling = shown("aws:autoscaling/policy:Policy", "scale");
    const unread = (...sources: readonly StackResource[]) =>
      alarm({ alarmActions: [unknown] }, { alarmActions: sources });
    expect(audienceIn(unread(lambda))).to.equal("heard");
    expect(audienceIn(unread(scaling))).to.equal("silent");
    expect(audienceIn(unread(topic), topic)).to.equal("unheard");
    expect(audienceIn(unread(scaling, lambda))).to.equal("heard");
    expect(audienceIn(alarm({ alarmActions: [unknown] }))).to.equal("silent");
  });

  it("is that of a composite alarm that contains it, at any depth", () => {
    const silent = alarm({});
    expect(audienceIn(silent, composite("a", { ...foreign, alarmRule: "ALARM(load)" }))).to.equal("heard");
    expect(
      audienceIn(
        silent,
        composite("a", { name: "inner", alarmRule: 'OK("load")' }),
        composite("b", { ...foreign, alarmRule: "INSUFFICIENT_DATA ( inner ) AND ALARM(x)" }),
      ),
    ).to.equal("heard");
    expect(
      audienceIn(silent, composite("a", { ...foreign, alarmRule: "ALARM(load2) OR ALARM(2load)" })),
    ).to.equal("silent");
    expect(audienceIn(silent, composite("a", { ...foreign, alarmRule: "load" }))).to.equal("silent");
    expect(audienceIn(silent, composite("a", { alarmRule: "ALARM(load)" }))).to.equal("silent");
  });

  it("does not end in a circle of composite alarms", () => {
    const circle = [
      composite("a", { name: "a", alarmRule: "ALARM(load) OR ALARM(b)" }),
      composite("b", { name: "b", alarmRule: "ALARM(a)" }),
    ];
    expect(audienceIn(alarm({}), ...circle)).to.equal("silent");
  });

  it("is that of a composite alarm by its dependency, where the rule or the name is not known", () => {
    const silent = alarm({});
    const elsewhere = alarm({ name: "elsewhere" });
    const by = (of: StackResource) => composite("a", { ...foreign, alarmRule: unknown }, { alarmRule: [of] });
    expect(audienceIn(silent, by(silent))).to.equal("heard");
    expect(audienceIn(silent, by({ ...elsewhere, urn: "elsewhere" }))).to.equal("silent");
    const nameless = alarm({ name: "" });
    const rule = (dependencies: readonly StackResource[]) =>
      composite("a", { ...foreign, alarmRule: "ALARM(x)" }, { alarmRule: dependencies });
    expect(audienceIn(nameless, rule([nameless]))).to.equal("heard");
    expect(audienceIn(nameless, rule([]))).to.equal("silent");
    expect(audienceIn(silent, rule([silent]))).to.equal("silent");
  });

  for (const property of ["name", "alarmName", "arn", "id"]) {
    it(`is that of a composite alarm that has its ${property}`, () => {
      const named = alarm({ name: "", [property]: "the-alarm" });
      expect(audienceIn(named, composite("a", { ...foreign, alarmRule: 'ALARM("the-alarm")' }))).to.equal(
        "heard",
      );
    });
  }
});

describe("an alarm", () => {
  it("watches a service by its metric, or by one in a formula", () => {
    const of = (props: object, namespace: string) =>
      metricAlarmsIn([alarm(props)]).map((each) => watches(each, namespace));
    expect(of({ namespace: "AWS/RDS" }, "AWS/RDS")).to.deep.equal([true]);
    expect(of({ namespace: "AWS/RDS" }, "AWS/SQS")).to.deep.equal([false]);
    const metricQueries = [
      { id: "e", expression: "a" },
      { id: "a", metric: { namespace: "AWS/RDS" } },
    ];
    expect(of({ metricQueries }, "AWS/RDS")).to.deep.equal([true]);
    expect(of({ metricQueries }, "AWS/SQS")).to.deep.equal([false]);
  });
});
