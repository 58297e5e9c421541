import { EC2 } from "@aws-sdk/client-ec2";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";

import { hoursPerMonth, prices } from "../../components/cost/prices";
import type { ClientConfig } from "../preflight/client";
import type { Leftover } from "./task";

const zones = 2;

/** What begins like this in an ARN's last part costs so much an hour, US dollars; the rest nothing, or it depends. */
const dollarsPerHour: readonly (readonly [RegExp, number])[] = [
  // Its address is an Elastic IP, and listed for itself.
  [/:ec2:.*:natgateway\//, prices.natGatewayPerHour],
  [/:ec2:.*:elastic-ip\//, prices.publicIpv4PerHour],
  [/:elasticloadbalancing:.*:loadbalancer\//, prices.loadBalancerPerHour + zones * prices.publicIpv4PerHour],
  [/:secretsmanager:.*:secret:/, prices.secretPerMonth / hoursPerMonth],
  [/:cloudwatch:.*:alarm:/, prices.alarmPerMonth / hoursPerMonth],
  [/:route53:.*:healthcheck\//, prices.healthCheckPerMonth / hoursPerMonth],
];

/** What AWS still knows with this stack's tag. Of other kinds than servers it may list what is gone for an hour or so. */
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

/** Servers and NAT gateways that have ended: AWS shows them for an hour more, at no charge. */
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

/** The part of an ARN that names the thing itself. */
function idIn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** One of them with what it costs, where its kind alone tells that. */
export function leftoverOf(arn: string): Leftover {
  const price = dollarsPerHour.find(([kind]) => kind.test(arn))?.[1];
  return { what: arn, ...(price === undefined ? {} : { dollarsPerHour: price }) };
}
