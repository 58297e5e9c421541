import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { input } from "@pulumi/aws/types";

import type { Properties, PropertyRule } from "../resourceType";
import { present, reading, type Known } from "../values";

type Condition = input.lb.ListenerRuleCondition;

const valuesRule = { nested: { values: { required: true, set: true } } } as const;

/** The rules of a listener rule's conditions, each of one of these types. */
export const conditionRules: NonNullable<PropertyRule<readonly Condition[]>["nested"]> = {
  hostHeader: valuesRule,
  httpHeader: { nested: { httpHeaderName: { required: true }, values: { required: true, set: true } } },
  httpRequestMethod: valuesRule,
  pathPattern: valuesRule,
  sourceIp: valuesRule,
};

/** Conditions in ELB's format. */
export function toConditions(conditions: readonly Properties[]): RuleCondition[] {
  return conditions.flatMap((condition) => {
    const from = reading<Condition>(condition);
    const kinds: RuleCondition[] = [];
    const host = from.object("hostHeader");
    if (host !== undefined) kinds.push({ Field: "host-header", HostHeaderConfig: valuesOf(host) });
    const header = from.object("httpHeader");
    if (header !== undefined) {
      const HttpHeaderName =
        reading<input.lb.ListenerRuleConditionHttpHeader>(header).requiredString("httpHeaderName");
      kinds.push({ Field: "http-header", HttpHeaderConfig: { HttpHeaderName, ...valuesOf(header) } });
    }
    const method = from.object("httpRequestMethod");
    if (method !== undefined) {
      kinds.push({ Field: "http-request-method", HttpRequestMethodConfig: valuesOf(method) });
    }
    const path = from.object("pathPattern");
    if (path !== undefined) kinds.push({ Field: "path-pattern", PathPatternConfig: valuesOf(path) });
    const source = from.object("sourceIp");
    if (source !== undefined) kinds.push({ Field: "source-ip", SourceIpConfig: valuesOf(source) });
    return kinds;
  });
}

/** Conditions in the SDK's format. */
export function fromConditions(conditions: readonly RuleCondition[]): Properties[] {
  return conditions.map((condition) => {
    const { HttpHeaderConfig: header } = condition;
    return present({
      hostHeader: block(condition.HostHeaderConfig?.Values),
      httpHeader:
        header === undefined
          ? undefined
          : present({ httpHeaderName: header.HttpHeaderName, values: header.Values }),
      httpRequestMethod: block(condition.HttpRequestMethodConfig?.Values),
      pathPattern: block(condition.PathPatternConfig?.Values),
      sourceIp: block(condition.SourceIpConfig?.Values),
    } satisfies Known<Condition>);
  });
}

function valuesOf(block: Properties): { readonly Values: string[] } {
  return { Values: reading<{ values: unknown }>(block).requiredStrings("values") };
}

function block(values: readonly string[] | undefined): Properties | undefined {
  return values === undefined ? undefined : { values };
}
