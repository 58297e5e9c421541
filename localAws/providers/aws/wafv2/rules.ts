import type {
  ManagedRuleGroupStatement,
  RateBasedStatement,
  RegexMatchStatement,
  Rule,
  Statement,
  TextTransformationType,
} from "@aws-sdk/client-wafv2";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import { sent } from "../gone";
import type { Properties, PropertyRule, PropertyValue } from "../resourceType";
import { isObject, present, reading } from "../values";
import { visibilityFrom, visibilityProperties, visibilityTo } from "./visibility";

type WebAclRule = input.wafv2.WebAclRule;
type ManagedGroup = input.wafv2.WebAclRuleStatementManagedRuleGroupStatement;
type RateLimit = input.wafv2.WebAclRuleStatementRateBasedStatement;
type RegexMatch = input.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementRegexMatchStatement;
type Transformation =
  input.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementRegexMatchStatementTextTransformation;

/** The rules that this provider can convert: AWS's rule groups, and rate limits of paths by address. */
export const ruleProperties: NonNullable<PropertyRule<WebAclRule>["nested"]> = {
  action: { nested: { allow: {}, block: {}, count: {} } },
  name: { required: true },
  overrideAction: { nested: { count: {}, none: {} } },
  priority: { required: true },
  statement: {
    required: true,
    nested: {
      managedRuleGroupStatement: {
        nested: {
          name: { required: true },
          ruleActionOverrides: {
            nested: { actionToUse: { required: true, nested: { count: {} } }, name: { required: true } },
          },
          vendorName: { required: true },
        },
      },
      rateBasedStatement: {
        nested: {
          aggregateKeyType: { required: true },
          evaluationWindowSec: {},
          limit: { required: true },
          scopeDownStatement: {
            nested: {
              regexMatchStatement: {
                nested: {
                  fieldToMatch: { required: true, nested: { uriPath: { required: true } } },
                  regexString: { required: true },
                  textTransformations: {
                    required: true,
                    nested: { priority: { required: true }, type: { required: true } },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  visibilityConfig: { required: true, nested: visibilityProperties },
};

const transformations: readonly TextTransformationType[] = [
  "NONE",
  "LOWERCASE",
  "NORMALIZE_PATH",
  "URL_DECODE",
];

export function rulesTo(rules: readonly Properties[]): Rule[] {
  return rules.map((rule) => {
    const from = reading<WebAclRule>(rule);
    return {
      Action: actionTo(from.object("action")),
      Name: from.requiredString("name"),
      OverrideAction: overrideTo(from.object("overrideAction")),
      Priority: from.requiredNumber("priority"),
      Statement: statementTo(from.object("statement") ?? {}),
      VisibilityConfig: visibilityTo(from.object("visibilityConfig") ?? {}),
    };
  });
}

/** In the order of the program's rules, as their order has no meaning: AWS applies them by priority. */
export function rulesFrom(found: readonly Rule[], prior: readonly Properties[]): readonly Properties[] {
  const names = prior.map(({ name }) => name);
  const place = ({ Name }: Rule) => (names.includes(Name) ? names.indexOf(Name) : names.length);
  return [...found]
    .sort((one, other) => place(one) - place(other) || (one.Priority ?? 0) - (other.Priority ?? 0))
    .map((rule) =>
      present({
        action: actionFrom(rule),
        name: rule.Name,
        overrideAction: overrideFrom(rule),
        priority: rule.Priority,
        statement: statementFrom(rule.Statement),
        visibilityConfig: visibilityFrom(rule.VisibilityConfig),
      }),
    );
}

const isSet = (block: Properties, name: string) => block[name] !== undefined && block[name] !== null;

function actionTo(action: Properties | undefined): Rule["Action"] {
  if (action === undefined) return undefined;
  if (isSet(action, "block")) return { Block: {} };
  return isSet(action, "count") ? { Count: {} } : { Allow: {} };
}

function actionFrom({ Action }: Rule): Properties | undefined {
  if (Action === undefined) return undefined;
  if (Action.Block !== undefined) return { block: {} };
  return Action.Count === undefined ? { allow: {} } : { count: {} };
}

function overrideTo(action: Properties | undefined): Rule["OverrideAction"] {
  if (action === undefined) return undefined;
  return isSet(action, "count") ? { Count: {} } : { None: {} };
}

function overrideFrom({ OverrideAction }: Rule): Properties | undefined {
  if (OverrideAction === undefined) return undefined;
  return OverrideAction.Count === undefined ? { none: {} } : { count: {} };
}

function statementTo(statement: Properties): Statement {
  const from = reading<input.wafv2.WebAclRuleStatement>(statement);
  return {
    ManagedRuleGroupStatement: managedGroupTo(from.object("managedRuleGroupStatement")),
    RateBasedStatement: rateLimitTo(from.object("rateBasedStatement")),
  };
}

function statementFrom(statement: Statement | undefined): Properties {
  return present({
    managedRuleGroupStatement: managedGroupFrom(statement?.ManagedRuleGroupStatement),
    rateBasedStatement: rateLimitFrom(statement?.RateBasedStatement),
  });
}

function managedGroupTo(group: Properties | undefined): ManagedRuleGroupStatement | undefined {
  if (group === undefined) return undefined;
  const from = reading<ManagedGroup>(group);
  return {
    Name: from.requiredString("name"),
    RuleActionOverrides: from.objects("ruleActionOverrides")?.map((each) => ({
      ActionToUse: { Count: {} },
      Name: reading<{ name: string }>(each).requiredString("name"),
    })),
    VendorName: from.requiredString("vendorName"),
  };
}

function managedGroupFrom(group: ManagedRuleGroupStatement | undefined): PropertyValue | undefined {
  if (group === undefined) return undefined;
  return present({
    name: group.Name,
    ruleActionOverrides: group.RuleActionOverrides?.map(({ Name = "" }) => ({
      actionToUse: { count: {} },
      name: Name,
    })),
    vendorName: group.VendorName,
  });
}

function rateLimitTo(limit: Properties | undefined): RateBasedStatement | undefined {
  if (limit === undefined) return undefined;
  const from = reading<RateLimit>(limit);
  const regex = from.object("scopeDownStatement")?.["regexMatchStatement"];
  return {
    AggregateKeyType: choice("aggregateKeyType", ["IP"] as const, from.requiredString("aggregateKeyType")),
    EvaluationWindowSec: from.number("evaluationWindowSec"),
    Limit: from.requiredNumber("limit"),
    ScopeDownStatement:
      regex !== undefined && isObject(regex) ? { RegexMatchStatement: regexTo(regex) } : undefined,
  };
}

function rateLimitFrom(limit: RateBasedStatement | undefined): PropertyValue | undefined {
  if (limit === undefined) return undefined;
  const regex = limit.ScopeDownStatement?.RegexMatchStatement;
  return present({
    aggregateKeyType: limit.AggregateKeyType,
    evaluationWindowSec: limit.EvaluationWindowSec,
    limit: limit.Limit,
    scopeDownStatement: regex === undefined ? undefined : { regexMatchStatement: regexFrom(regex) },
  });
}

function regexTo(match: Properties): RegexMatchStatement {
  const from = reading<RegexMatch>(match);
  return {
    FieldToMatch: { UriPath: {} },
    RegexString: from.requiredString("regexString"),
    TextTransformations: from.objects("textTransformations")?.map((each) => {
      const transformation = reading<Transformation>(each);
      return {
        Priority: transformation.requiredNumber("priority"),
        Type: sent(choice("type", transformations, transformation.requiredString("type")), "type"),
      };
    }),
  };
}

function regexFrom({ RegexString, TextTransformations }: RegexMatchStatement): Properties {
  return present({
    fieldToMatch: { uriPath: {} },
    regexString: RegexString,
    textTransformations: TextTransformations?.map(({ Priority = 0, Type = "NONE" }) => ({
      priority: Priority,
      type: Type,
    })),
  });
}
