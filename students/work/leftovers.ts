import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";

import { hoursPerMonth, prices } from "../../components/cost/prices";
import type { ClientConfig } from "../preflight/client";
import type { Leftover } from "./task";

const zones = 2;

/** What begins like this in an ARN's last part costs so much an hour, US dollars; the rest nothing, or it depends. */
const dollarsPerHour: readonly (readonly [RegExp, number])[] = [
  [/:ec2:.*:natgateway\//, prices.natGatewayPerHour + prices.publicIpv4PerHour],
  [/:ec2:.*:elastic-ip\//, prices.publicIpv4PerHour],
  [/:elasticloadbalancing:.*:loadbalancer\//, prices.loadBalancerPerHour + zones * prices.publicIpv4PerHour],
  [/:secretsmanager:.*:secret:/, prices.secretPerMonth / hoursPerMonth],
];

/** What AWS still knows with this stack's tag. It may list what is gone for an hour or so. */
export async function taggedResources(config: ClientConfig, stackName: string): Promise<readonly Leftover[]> {
  const api = new ResourceGroupsTaggingAPI(config);
  const arns: string[] = [];
  let token: string | undefined;
  do {
    const page = await api.getResources({
      TagFilters: [
        { Key: "Stack", Values: [stackName] },
        { Key: "ManagedBy", Values: ["pulumi"] },
      ],
      ...(token === undefined || token === "" ? {} : { PaginationToken: token }),
    });
    arns.push(...(page.ResourceTagMappingList ?? []).flatMap(({ ResourceARN }) => ResourceARN ?? []));
    token = page.PaginationToken;
  } while (token !== undefined && token !== "");
  return arns.sort().map(leftoverOf);
}

/** One of them with what it costs, where its kind alone tells that. */
export function leftoverOf(arn: string): Leftover {
  const price = dollarsPerHour.find(([kind]) => kind.test(arn))?.[1];
  return { what: arn, ...(price === undefined ? {} : { dollarsPerHour: price }) };
}
