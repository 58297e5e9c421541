import type { ListenerRuleArgs, ListenerRuleState } from "@pulumi/aws/lb";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import { outOfRange } from "../range";
import type { ResourceType } from "../resourceType";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { checkActions } from "./actionCheck";
import { actionRules, fromActions, toActions } from "./actions";
import { conditionRules, fromConditions, toConditions } from "./conditions";
import { readTags, updateTags } from "./tags";

/** A rule of a listener. Its id is its ARN. */
export const listenerRule: ResourceType<ListenerRuleArgs> = {
  token: "aws:lb/listenerRule:ListenerRule",
  properties: {
    actions: { required: true, nested: actionRules },
    conditions: { required: true, set: true, nested: conditionRules },
    listenerArn: { required: true, replace: true },
    priority: { computed: true },
    tags: {},
  },
  check(inputs) {
    const from = reading<ListenerRuleArgs>(inputs);
    return [
      ...checkActions("actions", from.objects("actions") ?? []),
      ...outOfRange("priority", from.number("priority"), {
        min: 1,
        max: 50_000,
        unit: "in the listener's order",
      }),
    ];
  },
  async create(aws, inputs) {
    const from = reading<ListenerRuleArgs>(inputs);
    const ListenerArn = from.requiredString("listenerArn");
    const { Rules } = await (
      await aws.elbv2()
    ).createRule({
      Actions: toActions(from.objects("actions") ?? []),
      Conditions: toConditions(from.objects("conditions") ?? []),
      ListenerArn,
      Priority: from.number("priority") ?? (await nextPriority(aws, ListenerArn)),
      Tags: newTagList(inputs),
    });
    return { id: sent(Rules?.[0]?.RuleArn, "RuleArn") };
  },
  async read(aws, id, prior) {
    const elb = await aws.elbv2();
    const found = (await unlessGone(elb.describeRules({ RuleArns: [id] }), "RuleNotFoundException"))
      ?.Rules?.[0];
    if (found === undefined) return undefined;
    return present({
      actions: fromActions(found.Actions ?? [], reading<ListenerRuleArgs>(prior).objects("actions") ?? []),
      arn: id,
      conditions: fromConditions(found.Conditions ?? []),
      listenerArn: listenerArnOf(id),
      priority: Number(found.Priority),
      ...tagProperties(await readTags(aws, id)),
    } satisfies Known<ListenerRuleState>);
  },
  async update(aws, change) {
    const { id, new: inputs, changed } = change;
    const from = reading<ListenerRuleArgs>(inputs);
    const elb = await aws.elbv2();
    const Priority = from.number("priority");
    if (changed.has("priority") && Priority !== undefined) {
      await elb.setRulePriorities({ RulePriorities: [{ RuleArn: id, Priority }] });
    }
    if (changed.has("actions") || changed.has("conditions")) {
      await elb.modifyRule({
        RuleArn: id,
        Actions: toActions(from.objects("actions") ?? []),
        Conditions: toConditions(from.objects("conditions") ?? []),
      });
    }
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    const elb = await aws.elbv2();
    await unlessGone(elb.deleteRule({ RuleArn: id }), "RuleNotFoundException");
  },
};

/** The number after the highest one in use, as in the official provider. */
async function nextPriority(aws: AwsClients, ListenerArn: string): Promise<number> {
  const { Rules = [] } = await (await aws.elbv2()).describeRules({ ListenerArn });
  const used = Rules.map((rule) => Number(rule.Priority)).filter((priority) => !Number.isNaN(priority));
  return Math.max(0, ...used) + 1;
}

/** The listener's ARN from a rule's ARN, which has another type and the rule's id at its end. */
function listenerArnOf(ruleArn: string): string {
  return ruleArn.replace(":listener-rule/", ":listener/").replace(/\/[^/]+$/, "");
}
