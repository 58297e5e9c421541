import { EC2 } from "@aws-sdk/client-ec2";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";

import { hoursPerMonth, prices } from "../../components/cost/prices";
import type { ClientConfig } from "../preflight/client";
import type { Leftover } from "./task";

const zones = 2;

/**
 * The price per hour in US dollars, by patterns of ARNs; other resources are free, or their price depends on more.
 */
const dollarsPerHour: readonly (readonly [RegExp, number])[] = [
  // Its address is an Elastic IP and has its own line.
  [/:ec2:.*:natgateway\//, prices.natGatewayPerHour],
  [/:ec2:.*:elastic-ip\//, prices.publicIpv4PerHour],
  [/:elasticloadbalancing:.*:loadbalancer\//, prices.loadBalancerPerHour + zones * prices.publicIpv4PerHour],
  [/:secretsmanager:.*:secret:/, prices.secretPerMonth / hoursPerMonth],
  [/:cloudwatch:.*:alarm:/, prices.alarmPerMonth / hoursPerMonth],
  [/:route53:.*:healthcheck\//, prices.healthCheckPerMonth / hoursPerMonth],
];

/** Resources with the stack's tag. For kinds other than servers, AWS may list deleted ones for about an hour. */
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
  const gone = await goneOf(config, arns);
  return arns
    .filter((arn) => !gone.has(idIn(arn)))
    .sort()
    .map(leftoverOf);
}

/** Terminated servers and deleted NAT gateways: AWS lists them for another hour, free of charge. */
async function goneOf(config: ClientConfig, arns: readonly string[]): Promise<ReadonlySet<string>> {
  const ec2 = new EC2(config);
  const idsOf = (kind: string) => arns.filter((arn) => arn.includes(`:${kind}/`)).map(idIn);
  const [servers, gateways] = [idsOf("instance"), idsOf("natgateway")];
  const gone: string[] = [];
  if (servers.length > 0) {
    const { Reservations = [] } = await ec2.describeInstances({
      Filters: [
        { Name: "instance-id", Values: servers },
        { Name: "instance-state-name", Values: ["shutting-down", "terminated"] },
      ],
    });
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    gone.push(...instances.flatMap(({ InstanceId }) => InstanceId ?? []));
  }
  if (gateways.length > 0) {
    const { NatGateways = [] } = await ec2.describeNatGateways({
      Filter: [
        { Name: "nat-gateway-id", Values: gateways },
        { Name: "state", Values: ["deleting", "deleted"] },
      ],
    });
    gone.push(...NatGateways.flatMap(({ NatGatewayId }) => NatGatewayId ?? []));
  }
  return new Set(gone);
}

/** The resource part of an ARN. */
function idIn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** A resource with its price, if its kind alone determines it. */
export function leftoverOf(arn: string): Leftover {
  const price = dollarsPerHour.find(([kind]) => kind.test(arn))?.[1];
  return { what: arn, ...(price === undefined ? {} : { dollarsPerHour: price }) };
}
