import type { TargetGroupAttribute } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { input } from "@pulumi/aws/types";

import type { Properties } from "../resourceType";
import { present, reading, type Known } from "../values";

type Stickiness = input.lb.TargetGroupStickiness;

/** Sticky sessions, as ELB's attributes. */
export function stickinessAttributes(stickiness: Properties | undefined): TargetGroupAttribute[] {
  if (stickiness === undefined) return [];
  const from = reading<Stickiness>(stickiness);
  const type = from.requiredString("type");
  const attributes = [
    { Key: "stickiness.enabled", Value: String(from.boolean("enabled") ?? true) },
    { Key: "stickiness.type", Value: type },
  ];
  const duration = from.number("cookieDuration");
  if (duration !== undefined) {
    attributes.push({ Key: `stickiness.${type}.duration_seconds`, Value: String(duration) });
  }
  const cookieName = from.string("cookieName");
  if (cookieName !== undefined && cookieName !== "") {
    attributes.push({ Key: "stickiness.app_cookie.cookie_name", Value: cookieName });
  }
  return attributes;
}

/** ELB's attributes, in the SDK's format. */
export function stickinessProperties(attributes: readonly TargetGroupAttribute[] | undefined): Properties {
  const values = new Map(attributes?.map(({ Key, Value }) => [Key, Value]));
  const type = values.get("stickiness.type") ?? "lb_cookie";
  return present({
    cookieDuration: Number(values.get(`stickiness.${type}.duration_seconds`) ?? 86_400),
    cookieName: values.get("stickiness.app_cookie.cookie_name"),
    enabled: values.get("stickiness.enabled") === "true",
    type,
  } satisfies Known<Stickiness>);
}
