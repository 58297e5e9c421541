import type { Action } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { input } from "@pulumi/aws/types";

import { sent } from "../gone";
import type { Properties, PropertyRule } from "../resourceType";
import { present, reading, type Known } from "../values";

type ListenerAction = input.lb.ListenerDefaultAction;
type Forward = input.lb.ListenerDefaultActionForward;
type ForwardTarget = input.lb.ListenerDefaultActionForwardTargetGroup;
type ForwardStickiness = input.lb.ListenerDefaultActionForwardStickiness;
type Redirect = input.lb.ListenerDefaultActionRedirect;
type FixedResponse = input.lb.ListenerDefaultActionFixedResponse;

/** The rules of the actions of listeners and listener rules. */
export const actionRules: NonNullable<PropertyRule<readonly ListenerAction[]>["nested"]> = {
  fixedResponse: {
    nested: { contentType: { required: true }, messageBody: {}, statusCode: { computed: true } },
  },
  forward: {
    nested: {
      stickiness: {
        computed: true,
        nested: { duration: { required: true }, enabled: { default: false } },
      },
      targetGroups: {
        required: true,
        set: true,
        nested: { arn: { required: true }, weight: { default: 1 } },
      },
    },
  },
  order: { computed: true },
  redirect: {
    nested: {
      host: { default: "#{host}" },
      path: { default: "/#{path}" },
      port: { default: "#{port}" },
      protocol: { default: "#{protocol}" },
      query: { default: "#{query}" },
      statusCode: { required: true },
    },
  },
  targetGroupArn: {},
  type: { required: true },
};

/** Actions in ELB's format. */
export function toActions(actions: readonly Properties[]): Action[] {
  return actions.map((action, index) => {
    const from = reading<ListenerAction>(action);
    return {
      Type: actionType(from.requiredString("type")),
      Order: from.number("order") ?? index + 1,
      TargetGroupArn: from.string("targetGroupArn"),
      ForwardConfig: forwardConfig(from.object("forward")),
      RedirectConfig: redirectConfig(from.object("redirect")),
      FixedResponseConfig: fixedResponseConfig(from.object("fixedResponse")),
    };
  });
}

/**
 * Actions in the SDK's format. ELB returns a single target group both as its ARN and as a `forward` block; `prior` has the
 * program's form.
 */
export function fromActions(actions: readonly Action[], prior: readonly Properties[]): Properties[] {
  return actions.map((action, index) => {
    const asBlock =
      action.TargetGroupArn === undefined ||
      reading<ListenerAction>(prior[index] ?? {}).object("forward") !== undefined;
    return present({
      fixedResponse: fixedResponse(action),
      forward: asBlock ? forward(action) : undefined,
      order: action.Order ?? index + 1,
      redirect: redirect(action),
      targetGroupArn: asBlock ? undefined : action.TargetGroupArn,
      type: action.Type,
    } satisfies Known<ListenerAction>);
  });
}

function actionType(type: string) {
  if (type === "forward" || type === "redirect" || type === "fixed-response") return type;
  throw new Error(`type: ${type} - allowed: forward, redirect, fixed-response`);
}

function forwardConfig(block: Properties | undefined): Action["ForwardConfig"] {
  if (block === undefined) return undefined;
  const from = reading<Forward>(block);
  const stickiness = from.object("stickiness");
  const stay = reading<ForwardStickiness>(stickiness ?? {});
  return {
    TargetGroups: (from.objects("targetGroups") ?? []).map((target) => ({
      TargetGroupArn: reading<ForwardTarget>(target).requiredString("arn"),
      Weight: reading<ForwardTarget>(target).number("weight"),
    })),
    TargetGroupStickinessConfig:
      stickiness === undefined
        ? undefined
        : { Enabled: stay.boolean("enabled"), DurationSeconds: stay.number("duration") },
  };
}

function forward({ ForwardConfig }: Action): Properties | undefined {
  if (ForwardConfig === undefined) return undefined;
  const { TargetGroups = [], TargetGroupStickinessConfig: stay } = ForwardConfig;
  return present({
    targetGroups: TargetGroups.map(({ TargetGroupArn, Weight }) =>
      present({
        arn: sent(TargetGroupArn, "TargetGroupArn"),
        weight: Weight ?? 1,
      } satisfies Known<ForwardTarget>),
    ),
    stickiness:
      stay?.DurationSeconds === undefined
        ? undefined
        : present({
            duration: stay.DurationSeconds,
            enabled: stay.Enabled,
          } satisfies Known<ForwardStickiness>),
  } satisfies Known<Forward>);
}

function redirectConfig(block: Properties | undefined): Action["RedirectConfig"] {
  if (block === undefined) return undefined;
  const from = reading<Redirect>(block);
  return {
    Host: from.string("host"),
    Path: from.string("path"),
    Port: from.string("port"),
    Protocol: from.string("protocol"),
    Query: from.string("query"),
    StatusCode: from.requiredString("statusCode") === "HTTP_302" ? "HTTP_302" : "HTTP_301",
  };
}

function redirect({ RedirectConfig: config }: Action): Properties | undefined {
  if (config === undefined) return undefined;
  return present({
    host: config.Host,
    path: config.Path,
    port: config.Port,
    protocol: config.Protocol,
    query: config.Query,
    statusCode: config.StatusCode,
  } satisfies Known<Redirect>);
}

function fixedResponseConfig(block: Properties | undefined): Action["FixedResponseConfig"] {
  if (block === undefined) return undefined;
  const from = reading<FixedResponse>(block);
  return {
    ContentType: from.requiredString("contentType"),
    MessageBody: from.string("messageBody"),
    StatusCode: from.string("statusCode") ?? "200",
  };
}

function fixedResponse({ FixedResponseConfig: config }: Action): Properties | undefined {
  if (config === undefined) return undefined;
  return present({
    contentType: config.ContentType,
    messageBody: config.MessageBody,
    statusCode: config.StatusCode,
  } satisfies Known<FixedResponse>);
}
