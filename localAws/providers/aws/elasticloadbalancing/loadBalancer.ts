import type { LoadBalancerArgs, LoadBalancerState } from "@pulumi/aws/lb";

import { among, fromAttributes, toAttributes, type Attribute } from "../attributes";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { fromKeyValues, toKeyValues } from "./keyValues";
import { arnSuffix, readTags, updateTags } from "./tags";
import { requireTwoZones } from "./zones";

/** Source: ELB API reference, LoadBalancerAttribute, those of Application Load Balancers. */
const attributes: readonly Attribute<LoadBalancerArgs>[] = [
  { property: "clientKeepAlive", key: "client_keep_alive.seconds", default: 3600 },
  { property: "desyncMitigationMode", key: "routing.http.desync_mitigation_mode", default: "defensive" },
  {
    property: "dropInvalidHeaderFields",
    key: "routing.http.drop_invalid_header_fields.enabled",
    default: false,
  },
  { property: "enableDeletionProtection", key: "deletion_protection.enabled", default: false },
  { property: "enableHttp2", key: "routing.http2.enabled", default: true },
  {
    property: "enableTlsVersionAndCipherSuiteHeaders",
    key: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    default: false,
  },
  { property: "enableWafFailOpen", key: "waf.fail_open.enabled", default: false },
  { property: "enableXffClientPort", key: "routing.http.xff_client_port.enabled", default: false },
  { property: "enableZonalShift", key: "zonal_shift.config.enabled", default: false },
  { property: "idleTimeout", key: "idle_timeout.timeout_seconds", default: 60 },
  { property: "preserveHostHeader", key: "routing.http.preserve_host_header.enabled", default: false },
  {
    property: "xffHeaderProcessingMode",
    key: "routing.http.xff_header_processing.mode",
    default: "append",
  },
];

/** An Application Load Balancer. Its id is its ARN. */
export const loadBalancer: ResourceType<LoadBalancerArgs> = {
  token: "aws:lb/loadBalancer:LoadBalancer",
  properties: {
    clientKeepAlive: { default: 3600 },
    desyncMitigationMode: { default: "defensive" },
    dropInvalidHeaderFields: { default: false },
    enableDeletionProtection: { default: false },
    enableHttp2: { default: true },
    enableTlsVersionAndCipherSuiteHeaders: { default: false },
    enableWafFailOpen: { default: false },
    enableXffClientPort: { default: false },
    enableZonalShift: { default: false },
    idleTimeout: { default: 60 },
    internal: { replace: true, default: false },
    ipAddressType: { computed: true },
    loadBalancerType: { replace: true, default: "application" },
    name: { replace: true, autoName: { maxLength: 32 } },
    preserveHostHeader: { default: false },
    securityGroups: { set: true, computed: true },
    subnets: { required: true, set: true },
    tags: {},
    xffHeaderProcessingMode: { default: "append" },
  },
  check(inputs) {
    const type = reading<LoadBalancerArgs>(inputs).string("loadBalancerType");
    if (type === "application") return [];
    const reason = `${String(type)} - allowed: application; the local provider supports no other type`;
    return [{ property: "loadBalancerType", reason }];
  },
  async create(aws, inputs) {
    const from = reading<LoadBalancerArgs>(inputs);
    const Subnets = from.requiredStrings("subnets");
    await requireTwoZones(aws, Subnets);
    const { LoadBalancers } = await (
      await aws.elbv2()
    ).createLoadBalancer({
      Name: from.requiredString("name"),
      IpAddressType: ipAddressType(from.string("ipAddressType")),
      Scheme: from.boolean("internal") === true ? "internal" : "internet-facing",
      SecurityGroups: from.strings("securityGroups"),
      Subnets,
      Tags: newTagList(inputs),
      Type: "application",
    });
    return { id: sent(LoadBalancers?.[0]?.LoadBalancerArn, "LoadBalancerArn") };
  },
  async complete(aws, id, inputs) {
    const elb = await aws.elbv2();
    await elb.waitUntilLoadBalancerAvailable(
      { LoadBalancerArns: [id] },
      { maxWaitTime: 600, minDelay: 1, maxDelay: 10 },
    );
    await elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: id,
      Attributes: toKeyValues(toAttributes(attributes, inputs)),
    });
  },
  async read(aws, id) {
    const elb = await aws.elbv2();
    const found = (
      await unlessGone(elb.describeLoadBalancers({ LoadBalancerArns: [id] }), "LoadBalancerNotFoundException")
    )?.LoadBalancers?.[0];
    if (found === undefined) return undefined;
    const { Attributes } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn: id });
    return present({
      ...fromAttributes(attributes, fromKeyValues(Attributes)),
      arn: id,
      arnSuffix: arnSuffix(id),
      dnsName: found.DNSName,
      internal: found.Scheme === "internal",
      ipAddressType: found.IpAddressType,
      loadBalancerType: found.Type,
      name: found.LoadBalancerName,
      securityGroups: found.SecurityGroups ?? [],
      subnets: (found.AvailabilityZones ?? []).map((zone) => sent(zone.SubnetId, "SubnetId")),
      vpcId: found.VpcId,
      zoneId: found.CanonicalHostedZoneId,
      ...tagProperties(await readTags(aws, id)),
    } satisfies Known<LoadBalancerState>);
  },
  async update(aws, change) {
    const { id, new: inputs, changed } = change;
    const from = reading<LoadBalancerArgs>(inputs);
    const elb = await aws.elbv2();
    if (changed.has("subnets")) {
      const Subnets = from.requiredStrings("subnets");
      await requireTwoZones(aws, Subnets);
      await elb.setSubnets({ LoadBalancerArn: id, Subnets });
    }
    if (changed.has("securityGroups")) {
      await elb.setSecurityGroups({
        LoadBalancerArn: id,
        SecurityGroups: from.requiredStrings("securityGroups"),
      });
    }
    if (changed.has("ipAddressType")) {
      await elb.setIpAddressType({
        LoadBalancerArn: id,
        IpAddressType: ipAddressType(from.string("ipAddressType")) ?? "ipv4",
      });
    }
    const Attributes = toKeyValues(toAttributes(among(attributes, changed), inputs));
    if (Attributes.length > 0) await elb.modifyLoadBalancerAttributes({ LoadBalancerArn: id, Attributes });
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    const elb = await aws.elbv2();
    await unlessGone(elb.deleteLoadBalancer({ LoadBalancerArn: id }), "LoadBalancerNotFoundException");
  },
};

function ipAddressType(given: string | undefined) {
  return given === "dualstack" || given === "ipv4" ? given : undefined;
}
