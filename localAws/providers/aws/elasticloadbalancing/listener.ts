import type { ListenerArgs, ListenerState } from "@pulumi/aws/lb";

import { among, fromAttributes, toAttributes, type Attribute } from "../attributes";
import { sent, unlessGone } from "../gone";
import type { CheckFailure, ResourceType } from "../resourceType";
import { upperCase } from "../spellings";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { checkActions } from "./actionCheck";
import { actionRules, fromActions, toActions } from "./actions";
import { fromKeyValues, toKeyValues } from "./keyValues";
import { readTags, updateTags } from "./tags";

/** Headers that the listener adds to responses. Source: ELB API reference, ListenerAttribute. */
const attributes: readonly Attribute<ListenerArgs>[] = [
  {
    property: "routingHttpResponseContentSecurityPolicyHeaderValue",
    key: "routing.http.response.content_security_policy.header_value",
    default: "",
  },
  {
    property: "routingHttpResponseServerEnabled",
    key: "routing.http.response.server.enabled",
    default: true,
  },
  {
    property: "routingHttpResponseStrictTransportSecurityHeaderValue",
    key: "routing.http.response.strict_transport_security.header_value",
    default: "",
  },
  {
    property: "routingHttpResponseXContentTypeOptionsHeaderValue",
    key: "routing.http.response.x_content_type_options.header_value",
    default: "",
  },
  {
    property: "routingHttpResponseXFrameOptionsHeaderValue",
    key: "routing.http.response.x_frame_options.header_value",
    default: "",
  },
];

/** A listener of a load balancer. Its id is its ARN. */
export const listener: ResourceType<ListenerArgs> = {
  token: "aws:lb/listener:Listener",
  properties: {
    certificateArn: {},
    defaultActions: { required: true, nested: actionRules },
    loadBalancerArn: { required: true, replace: true },
    port: { required: true },
    protocol: { default: "HTTP", spelling: upperCase },
    routingHttpResponseContentSecurityPolicyHeaderValue: {},
    routingHttpResponseServerEnabled: { default: true },
    routingHttpResponseStrictTransportSecurityHeaderValue: {},
    routingHttpResponseXContentTypeOptionsHeaderValue: {},
    routingHttpResponseXFrameOptionsHeaderValue: {},
    sslPolicy: { computed: true },
    tags: {},
  },
  check(inputs) {
    const from = reading<ListenerArgs>(inputs);
    const failures: CheckFailure[] = [
      ...checkActions("defaultActions", from.objects("defaultActions") ?? []),
    ];
    const protocol = from.string("protocol");
    const certificate = from.string("certificateArn");
    if (protocol !== "HTTP" && protocol !== "HTTPS") {
      failures.push({ property: "protocol", reason: `${String(protocol)} - allowed: HTTP, HTTPS` });
    }
    if (protocol === "HTTPS" && certificate === undefined) {
      failures.push({ property: "certificateArn", reason: "missing, and protocol is HTTPS" });
    }
    if (protocol === "HTTP" && certificate !== undefined) {
      failures.push({ property: "certificateArn", reason: "given, and protocol is HTTP" });
    }
    return failures;
  },
  async create(aws, inputs) {
    const from = reading<ListenerArgs>(inputs);
    const { Listeners } = await (
      await aws.elbv2()
    ).createListener({
      Certificates: certificates(from.string("certificateArn")),
      DefaultActions: toActions(from.objects("defaultActions") ?? []),
      LoadBalancerArn: from.requiredString("loadBalancerArn"),
      Port: from.requiredNumber("port"),
      Protocol: protocolOf(from.string("protocol")),
      SslPolicy: from.string("sslPolicy"),
      Tags: newTagList(inputs),
    });
    return { id: sent(Listeners?.[0]?.ListenerArn, "ListenerArn") };
  },
  async complete(aws, id, inputs) {
    const given = attributes.filter(({ property, default: byDefault }) => {
      const value = inputs[property];
      return value !== undefined && value !== byDefault;
    });
    const Attributes = toKeyValues(toAttributes(given, inputs));
    if (Attributes.length === 0) return;
    await (await aws.elbv2()).modifyListenerAttributes({ ListenerArn: id, Attributes });
  },
  async read(aws, id, prior) {
    const elb = await aws.elbv2();
    const found = (
      await unlessGone(elb.describeListeners({ ListenerArns: [id] }), "ListenerNotFoundException")
    )?.Listeners?.[0];
    if (found === undefined) return undefined;
    const { Attributes } = await elb.describeListenerAttributes({ ListenerArn: id });
    return present({
      ...fromAttributes(attributes, fromKeyValues(Attributes)),
      arn: id,
      certificateArn: found.Certificates?.[0]?.CertificateArn,
      defaultActions: fromActions(
        found.DefaultActions ?? [],
        reading<ListenerArgs>(prior).objects("defaultActions") ?? [],
      ),
      loadBalancerArn: found.LoadBalancerArn,
      port: found.Port,
      protocol: found.Protocol,
      sslPolicy: found.Protocol === "HTTPS" ? found.SslPolicy : "",
      ...tagProperties(await readTags(aws, id)),
    } satisfies Known<ListenerState>);
  },
  async update(aws, change) {
    const { id, new: inputs, changed } = change;
    const from = reading<ListenerArgs>(inputs);
    const elb = await aws.elbv2();
    const inListener = ["certificateArn", "defaultActions", "port", "protocol", "sslPolicy"];
    if (inListener.some((name) => changed.has(name))) {
      await elb.modifyListener({
        ListenerArn: id,
        Certificates: certificates(from.string("certificateArn")),
        DefaultActions: toActions(from.objects("defaultActions") ?? []),
        Port: from.requiredNumber("port"),
        Protocol: protocolOf(from.string("protocol")),
        SslPolicy: from.string("protocol") === "HTTPS" ? from.string("sslPolicy") : undefined,
      });
    }
    const Attributes = toKeyValues(toAttributes(among(attributes, changed), inputs));
    if (Attributes.length > 0) await elb.modifyListenerAttributes({ ListenerArn: id, Attributes });
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    const elb = await aws.elbv2();
    await unlessGone(elb.deleteListener({ ListenerArn: id }), "ListenerNotFoundException");
  },
};

function certificates(arn: string | undefined) {
  return arn === undefined ? undefined : [{ CertificateArn: arn }];
}

function protocolOf(given: string | undefined) {
  return given === "HTTPS" ? ("HTTPS" as const) : ("HTTP" as const);
}
