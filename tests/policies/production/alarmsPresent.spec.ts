import { expect } from "chai";

import { alarmsPresent } from "../../../policies/production/rules/alarmsPresent";
import type { StackResource } from "../../../policies/support/stack";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, anyFixture, fixture, spoil, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";
import { alarm, loadBalancer, replacing, site, subscription, topic, without } from "../support/site";

const refused = {
  of: undefined,
  at: "alarms on AWS/ApplicationELB",
  value: undefined,
  allowed: "at least one alarm whose action reaches a subscriber",
};
const silent = { ...refused, value: "without an action that informs" };
const withActions = (alarmActions: string[]) => replacing(among(spoil(alarm, { alarmActions }), {}));
const balanced = [among(loadBalancer, {})];
const heard = { alarmActions: [topic] };

describe("alarms-present", () => {
  itPassesStack(alarmsPresent, "an alarm with a topic", site);
  itPassesStack(
    alarmsPresent,
    "an alarm with a topic of another stack",
    replacing(among(spoil(alarm, { alarmActions: ["arn"] }), {})),
  );
  itPassesStack(alarmsPresent, "a stack without a load balancer", [topic]);
  const metric = {
    namespace: "AWS/ApplicationELB",
    metricName: "HealthyHostCount",
    period: 60,
    stat: "Minimum",
  };
  itPassesStack(
    alarmsPresent,
    "an alarm on a formula",
    replacing(among(spoil(alarm, { namespace: undefined, metricQueries: [{ id: "a", metric }] }), heard)),
  );
  itRefusesStack(alarmsPresent, "no alarm", without(alarm), refused);
  itRefusesStack(
    alarmsPresent,
    "an alarm of another service",
    replacing(among(spoil(alarm, { namespace: "AWS/SQS" }), heard)),
    refused,
  );
  itRefusesStack(
    alarmsPresent,
    "an alarm with disabled actions",
    replacing(among(spoil(alarm, { actionsEnabled: false }), heard)),
    silent,
  );
  for (const alarmActions of [[], undefined]) {
    itRefusesStack(
      alarmsPresent,
      `an alarm with ${alarmActions === undefined ? "no" : "empty"} actions`,
      replacing(among(spoil(alarm, { alarmActions }), {})),
      silent,
    );
  }
  itRefusesStack(alarmsPresent, "a topic without a subscription", without(subscription), {
    ...refused,
    value: "on a topic without a subscription",
  });
  itRefusesStack(
    alarmsPresent,
    "an alarm that only scales",
    replacing(among(spoil(alarm, { alarmActions: ["arn:aws:autoscaling:us-east-1:1:scalingPolicy:a"] }), {})),
    silent,
  );

  const inner = among(spoil(alarm, { name: "inner", alarmActions: [] }), {});
  const composite = fixture("aws:cloudwatch/compositeAlarm:CompositeAlarm", "all", {
    alarmName: "all",
    alarmRule: 'ALARM("inner") OR NOT OK(another)',
    alarmActions: ["arn:aws:sns:us-east-1:1:elsewhere"],
  });
  const withComposite = (change: object) => [
    ...replacing(inner),
    among({ ...composite, props: { ...composite.props, ...change } }, {}),
  ];
  itPassesStack(alarmsPresent, "a composite alarm over a silent one", withComposite({}));
  for (const [what, change] of [
    ["of others", { alarmRule: "ALARM(inner-2) AND INSUFFICIENT_DATA(other)" }],
    ["without an action", { alarmActions: [] }],
    ["with disabled actions", { actionsEnabled: false }],
  ] as const) {
    itRefusesStack(alarmsPresent, `a composite alarm ${what}`, withComposite(change), silent);
  }
  it("reads composite alarms that contain each other", async () => {
    const loop = (name: string, of: string) =>
      among(
        spoil(composite, { alarmName: name, alarmRule: `ALARM(inner) OR ALARM(${of})`, alarmActions: [] }),
        {},
      );
    const stack = [...replacing(inner), loop("a", "b"), { ...loop("b", "a"), urn: "b" }];
    expect((await judgeStack(alarmsPresent, stack)).violations).to.have.length(1);
  });

  it("requires an alarm for each namespace of its configuration", async () => {
    const config = { namespaces: ["AWS/RDS", "AWS/ApplicationELB", "AWS/Lambda"] };
    expect((await judgeStack(alarmsPresent, site, config)).violations).to.have.length(2);
  });
  const second = among({ ...spoil(alarm, { alarmActions: [] }), name: "second", urn: "second" }, {});
  for (const stack of [
    [...without(subscription), second],
    [second, ...without(subscription)],
  ]) {
    itRefusesStack(
      alarmsPresent,
      `a topic without a subscription ${stack[0] === second ? "after" : "before"} an alarm without a topic`,
      stack,
      { ...refused, value: "on a topic without a subscription" },
    );
  }

  for (const arn of [
    "arn:aws-cn:autoscaling:cn-north-1:1:scalingPolicy:a",
    "arn:aws:automate:us-east-1:ec2:recover",
    "arn:aws:swf:us-east-1:1:domain",
    "arn:aws:swf:us-east-1:1:action/actions/AWS_EC2.InstanceId.Reboot/1.0",
    "arn:aws:other:us-east-1:1:action/actions/Stop",
  ]) {
    itRefusesStack(alarmsPresent, `the action ${arn}`, withActions([arn]), silent);
  }
  const unheard = { ...refused, value: "on a topic without a subscription" };
  const own = among({ ...topic, props: { arn: "arn:aws:sns:us-east-1:1:own" } }, {});
  const byArn = among(spoil(alarm, { alarmActions: ["arn:aws:sns:us-east-1:1:own"] }), {});
  itRefusesStack(
    alarmsPresent,
    "a topic of the stack by its ARN, without a subscription",
    [...[...balanced, own, byArn]],
    unheard,
  );
  for (const [app, type] of [
    ["Slack", "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"],
    ["Teams", "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration"],
  ] as const) {
    const chat = among(anyFixture(type, "chat", { snsTopicArns: ["arn:aws:sns:us-east-1:1:own"] }), {});
    itPassesStack(alarmsPresent, `a topic with a channel of ${app}`, [...balanced, own, byArn, chat]);
  }
  const byId = among(spoil(subscription, { topic: `id-${own.urn}` }), {});
  itPassesStack(alarmsPresent, "a subscription by the topic's id", [
    ...[...balanced, { ...own, props: { ...own.props, id: `id-${own.urn}` } }, byArn, byId],
  ]);

  const source = (type: string) => among(anyFixture(type, "source"), {});
  const actsOn = (...sources: readonly StackResource[]) => [
    ...balanced,
    ...sources,
    among(spoil(alarm, { alarmActions: [unknown] }), { alarmActions: sources }),
  ];
  const page = source("aws:lambda/function:Function");
  const scaling = source("aws:autoscaling/policy:Policy");
  itPassesStack(alarmsPresent, "a function whose ARN a preview does not know", actsOn(page));
  itRefusesStack(
    alarmsPresent,
    "a scaling policy whose ARN a preview does not know",
    actsOn(scaling),
    silent,
  );
  const another = among({ ...topic, name: "another", urn: "another" }, {});
  itRefusesStack(alarmsPresent, "one of two topics without subscriptions", actsOn(topic, another), unheard);
  itAwaitsUpdate(
    alarmsPresent,
    "one of two topics, of which one has a subscription",
    [...actsOn(topic, another), subscription],
    "alarmActions",
  );
});
