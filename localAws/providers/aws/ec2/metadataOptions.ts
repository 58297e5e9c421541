import type { LaunchTemplateInstanceMetadataOptions } from "@aws-sdk/client-ec2";
import type { types } from "@pulumi/aws";

import { choice } from "../choice";
import type { Properties, PropertyRule } from "../resourceType";
import { present, reading } from "../values";

type Options = types.input.ec2.LaunchTemplateMetadataOptions;

/** The metadata options of instances and launch templates. AWS chooses omitted values. */
export const metadataProperties = {
  httpEndpoint: { computed: true },
  httpProtocolIpv6: { computed: true },
  httpPutResponseHopLimit: { computed: true },
  httpTokens: { computed: true },
  instanceMetadataTags: { computed: true },
} as const satisfies PropertyRule<Options>["nested"];

const switches = ["enabled", "disabled"] as const;

export function wireMetadata(options: Properties) {
  const from = reading<Options>(options);
  return {
    HttpEndpoint: choice("httpEndpoint", switches, from.string("httpEndpoint")),
    HttpProtocolIpv6: choice("httpProtocolIpv6", switches, from.string("httpProtocolIpv6")),
    HttpPutResponseHopLimit: from.number("httpPutResponseHopLimit"),
    HttpTokens: choice("httpTokens", ["optional", "required"], from.string("httpTokens")),
    InstanceMetadataTags: choice("instanceMetadataTags", switches, from.string("instanceMetadataTags")),
  };
}

export function metadataState(options: LaunchTemplateInstanceMetadataOptions): Properties {
  return present({
    httpEndpoint: options.HttpEndpoint,
    httpProtocolIpv6: options.HttpProtocolIpv6,
    httpPutResponseHopLimit: options.HttpPutResponseHopLimit,
    httpTokens: options.HttpTokens,
    instanceMetadataTags: options.InstanceMetadataTags,
  });
}
