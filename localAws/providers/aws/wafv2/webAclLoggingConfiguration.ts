import type { ActionValue, FieldToMatch, LoggingConfiguration, LoggingFilter } from "@aws-sdk/client-wafv2";
import type { input } from "@pulumi/aws/types";
import type { WebAclLoggingConfigurationArgs, WebAclLoggingConfigurationState } from "@pulumi/aws/wafv2";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { isObject, present, reading, type Known } from "../values";

type Filter = input.wafv2.WebAclLoggingConfigurationLoggingFilter;
type FilterRule = input.wafv2.WebAclLoggingConfigurationLoggingFilterFilter;
type Condition = input.wafv2.WebAclLoggingConfigurationLoggingFilterFilterCondition;
type Redacted = input.wafv2.WebAclLoggingConfigurationRedactedField;

const behaviors = ["KEEP", "DROP"] as const;
const requirements = ["MEETS_ALL", "MEETS_ANY"] as const;
const actions: readonly ActionValue[] = [
  "ALLOW",
  "BLOCK",
  "CAPTCHA",
  "CHALLENGE",
  "COUNT",
  "EXCLUDED_AS_COUNT",
];

/** Where the log of a web ACL goes. Its id is the web ACL's ARN. */
export const webAclLoggingConfiguration: ResourceType<WebAclLoggingConfigurationArgs> = {
  token: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  properties: {
    logDestinationConfigs: { required: true, set: true },
    loggingFilter: {
      nested: {
        defaultBehavior: { required: true },
        filters: {
          required: true,
          set: true,
          nested: {
            behavior: { required: true },
            conditions: {
              required: true,
              set: true,
              nested: { actionCondition: { required: true, nested: { action: { required: true } } } },
            },
            requirement: { required: true },
          },
        },
      },
    },
    // An empty block (`queryString: {}`) is a value here.
    redactedFields: {
      json: true,
      nested: {
        method: {},
        queryString: {},
        singleHeader: { nested: { name: { required: true } } },
        uriPath: {},
      },
    },
    resourceArn: { required: true, replace: true },
  },
  check(inputs) {
    const destinations =
      reading<WebAclLoggingConfigurationArgs>(inputs).strings("logDestinationConfigs") ?? [];
    return destinations
      .filter((arn) => !/:aws-waf-logs-[^:]*$|\/aws-waf-logs-[^/]*$/.test(arn))
      .map((arn) => ({
        property: "logDestinationConfigs",
        reason: `${arn} - allowed: a log group, bucket or stream whose name begins with aws-waf-logs-`,
      }));
  },
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<WebAclLoggingConfigurationArgs>(inputs).requiredString("resourceArn") };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.wafv2()).getLoggingConfiguration({ ResourceArn: id }),
      "WAFNonexistentItemException",
    );
    const logging = found?.LoggingConfiguration;
    if (logging === undefined) return undefined;
    return present({
      logDestinationConfigs: logging.LogDestinationConfigs,
      loggingFilter: filterFrom(logging),
      redactedFields: logging.RedactedFields?.map(fieldFrom),
      resourceArn: logging.ResourceArn,
    } satisfies Known<WebAclLoggingConfigurationState>);
  },
  async update(aws, { new: inputs }) {
    await put(aws, inputs);
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.wafv2()).deleteLoggingConfiguration({ ResourceArn: id }),
      "WAFNonexistentItemException",
    );
  },
};

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<WebAclLoggingConfigurationArgs>(inputs);
  await (
    await aws.wafv2()
  ).putLoggingConfiguration({
    LoggingConfiguration: {
      LogDestinationConfigs: from.requiredStrings("logDestinationConfigs"),
      LoggingFilter: filterTo(from.object("loggingFilter")),
      RedactedFields: from.objects("redactedFields")?.map(fieldTo),
      ResourceArn: from.requiredString("resourceArn"),
    },
  });
}

function filterTo(filter: Properties | undefined): LoggingFilter | undefined {
  if (filter === undefined) return undefined;
  const from = reading<Filter>(filter);
  return {
    DefaultBehavior: behaviorOf(from.requiredString("defaultBehavior")),
    Filters: (from.objects("filters") ?? []).map((each) => {
      const rule = reading<FilterRule>(each);
      return {
        Behavior: behaviorOf(rule.requiredString("behavior")),
        Conditions: (rule.objects("conditions") ?? []).map((condition) => ({
          ActionCondition: { Action: actionOf(condition) },
        })),
        Requirement: sent(
          choice("requirement", requirements, rule.requiredString("requirement")),
          "requirement",
        ),
      };
    }),
  };
}

const behaviorOf = (given: string) => sent(choice("behavior", behaviors, given), "behavior");

function actionOf(condition: Properties): ActionValue {
  const block = reading<Condition>(condition).object("actionCondition") ?? {};
  return sent(
    choice("action", actions, reading<{ action: string }>(block).requiredString("action")),
    "action",
  );
}

function filterFrom({ LoggingFilter: filter }: LoggingConfiguration): Properties | undefined {
  if (filter === undefined) return undefined;
  return present({
    defaultBehavior: filter.DefaultBehavior,
    filters: (filter.Filters ?? []).map((rule) =>
      present({
        behavior: rule.Behavior,
        conditions: (rule.Conditions ?? []).map(({ ActionCondition }) => ({
          actionCondition: present({ action: ActionCondition?.Action }),
        })),
        requirement: rule.Requirement,
      }),
    ),
  });
}

function fieldTo(field: Properties): FieldToMatch {
  const header = reading<Redacted>(field).object("singleHeader");
  if (header !== undefined) {
    return { SingleHeader: { Name: reading<{ name: string }>(header).requiredString("name") } };
  }
  const has = (name: string) => field[name] !== undefined && isObject(field[name]);
  if (has("queryString")) return { QueryString: {} };
  return has("method") ? { Method: {} } : { UriPath: {} };
}

function fieldFrom(field: FieldToMatch): Properties {
  if (field.SingleHeader !== undefined) return { singleHeader: present({ name: field.SingleHeader.Name }) };
  if (field.QueryString !== undefined) return { queryString: {} };
  return field.Method === undefined ? { uriPath: {} } : { method: {} };
}
