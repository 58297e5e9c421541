import type { TargetGroupArgs, TargetGroupState } from "@pulumi/aws/lb";

import { among, fromAttributes, toAttributes, type Attribute } from "../attributes";
import { sent, unlessGone } from "../gone";
import { outOfRange } from "../range";
import type { ResourceType } from "../resourceType";
import { upperCase } from "../spellings";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { checkHealthCheck, healthCheckOf, healthCheckProperties } from "./healthCheck";
import { fromKeyValues, toKeyValues } from "./keyValues";
import { stickinessAttributes, stickinessProperties } from "./stickiness";
import { arnSuffix, readTags, updateTags } from "./tags";

/** Source: ELB API reference, TargetGroupAttribute. */
const attributes: readonly Attribute<TargetGroupArgs>[] = [
  { property: "deregistrationDelay", key: "deregistration_delay.timeout_seconds", default: 300 },
  {
    property: "loadBalancingAlgorithmType",
    key: "load_balancing.algorithm.type",
    default: "round_robin",
  },
  {
    property: "loadBalancingCrossZoneEnabled",
    key: "load_balancing.cross_zone.enabled",
    default: "use_load_balancer_configuration",
  },
  { property: "slowStart", key: "slow_start.duration_seconds", default: 0 },
];

/** A target group. Its id is its ARN. */
export const targetGroup: ResourceType<TargetGroupArgs> = {
  token: "aws:lb/targetGroup:TargetGroup",
  properties: {
    deregistrationDelay: { default: 300 },
    healthCheck: {
      computed: true,
      nested: {
        enabled: { default: true },
        healthyThreshold: { default: 3 },
        interval: { default: 30 },
        matcher: { computed: true },
        path: { computed: true },
        port: { default: "traffic-port" },
        protocol: { default: "HTTP", spelling: upperCase },
        timeout: { computed: true },
        unhealthyThreshold: { default: 3 },
      },
    },
    ipAddressType: { replace: true, computed: true },
    loadBalancingAlgorithmType: { computed: true },
    loadBalancingCrossZoneEnabled: { computed: true },
    name: { replace: true, autoName: { maxLength: 32 } },
    port: { required: true, replace: true },
    protocol: { required: true, replace: true },
    protocolVersion: { replace: true, computed: true, spelling: upperCase },
    slowStart: { default: 0 },
    stickiness: {
      computed: true,
      nested: {
        cookieDuration: { default: 86_400 },
        cookieName: { computed: true },
        enabled: { default: true },
        type: { required: true },
      },
    },
    tags: {},
    targetType: { replace: true, default: "instance" },
    vpcId: { required: true, replace: true },
  },
  check(inputs) {
    const from = reading<TargetGroupArgs>(inputs);
    const failures = [
      ...checkHealthCheck(from.object("healthCheck") ?? {}),
      ...outOfRange("deregistrationDelay", from.number("deregistrationDelay"), {
        min: 0,
        max: 3600,
        unit: "seconds",
      }),
    ];
    const slowStart = from.number("slowStart") ?? 0;
    if (slowStart !== 0 && (slowStart < 30 || slowStart > 900)) {
      failures.push({
        property: "slowStart",
        reason: `${String(slowStart)} - allowed: 0, or 30 to 900 seconds`,
      });
    }
    return failures;
  },
  async create(aws, inputs) {
    const from = reading<TargetGroupArgs>(inputs);
    const { TargetGroups } = await (
      await aws.elbv2()
    ).createTargetGroup({
      ...healthCheckOf(from.object("healthCheck") ?? {}),
      Name: from.requiredString("name"),
      Port: from.requiredNumber("port"),
      Protocol: from.string("protocol") === "HTTPS" ? "HTTPS" : "HTTP",
      ProtocolVersion: from.string("protocolVersion"),
      IpAddressType: from.string("ipAddressType") === "ipv6" ? "ipv6" : undefined,
      Tags: newTagList(inputs),
      TargetType: from.string("targetType") === "ip" ? "ip" : "instance",
      VpcId: from.requiredString("vpcId"),
    });
    return { id: sent(TargetGroups?.[0]?.TargetGroupArn, "TargetGroupArn") };
  },
  async complete(aws, id, inputs) {
    const stickiness = reading<TargetGroupArgs>(inputs).object("stickiness");
    await (
      await aws.elbv2()
    ).modifyTargetGroupAttributes({
      TargetGroupArn: id,
      Attributes: [...toKeyValues(toAttributes(attributes, inputs)), ...stickinessAttributes(stickiness)],
    });
  },
  async read(aws, id) {
    const elb = await aws.elbv2();
    const found = (
      await unlessGone(elb.describeTargetGroups({ TargetGroupArns: [id] }), "TargetGroupNotFoundException")
    )?.TargetGroups?.[0];
    if (found === undefined) return undefined;
    const { Attributes } = await elb.describeTargetGroupAttributes({ TargetGroupArn: id });
    return present({
      ...fromAttributes(attributes, fromKeyValues(Attributes)),
      arn: id,
      arnSuffix: arnSuffix(id),
      healthCheck: healthCheckProperties(found),
      ipAddressType: found.IpAddressType,
      loadBalancerArns: found.LoadBalancerArns ?? [],
      name: found.TargetGroupName,
      port: found.Port,
      protocol: found.Protocol,
      protocolVersion: found.ProtocolVersion,
      stickiness: stickinessProperties(Attributes),
      targetType: found.TargetType,
      vpcId: found.VpcId,
      ...tagProperties(await readTags(aws, id)),
    } satisfies Known<TargetGroupState>);
  },
  async update(aws, change) {
    const { id, new: inputs, changed } = change;
    const from = reading<TargetGroupArgs>(inputs);
    const elb = await aws.elbv2();
    if (changed.has("healthCheck")) {
      await elb.modifyTargetGroup({
        TargetGroupArn: id,
        ...healthCheckOf(from.object("healthCheck") ?? {}),
      });
    }
    const Attributes = [
      ...toKeyValues(toAttributes(among(attributes, changed), inputs)),
      ...(changed.has("stickiness") ? stickinessAttributes(from.object("stickiness")) : []),
    ];
    if (Attributes.length > 0) await elb.modifyTargetGroupAttributes({ TargetGroupArn: id, Attributes });
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    const elb = await aws.elbv2();
    await unlessGone(elb.deleteTargetGroup({ TargetGroupArn: id }), "TargetGroupNotFoundException");
  },
};
