import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountIdOf, partitionOf, regionOf } from "../settings/account";
import { named } from "../settings/named";
import type { Party } from "./flows";
import type { SecurityGroups } from "./securityGroups";

/** The arguments that all endpoints share. */
export interface EndpointPlace {
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/** The parts of ARNs in the endpoint's account and region. */
interface Surroundings {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** An interface endpoint, limited to the calls that servers make. */
interface InterfaceEndpoint {
  /** The party whose security group it has. It is created if a flow has this party. */
  readonly party: Party;
  /** Last part of the resource's name. */
  readonly suffix: string;
  /** Last part of the service's name, after `com.amazonaws.<region>.` */
  readonly service: string;
  /** The calls that its policy allows. Without them it has no policy, as not every service supports one. */
  readonly calls?: Calls;
}

/** The calls that servers make to a service. */
interface Calls {
  readonly actions: readonly string[];
  readonly resource: (surroundings: Surroundings) => string;
}

/** To add an endpoint, add its party and its flow in `flows.ts`, and an entry here. */
const interfaceEndpoints: readonly InterfaceEndpoint[] = [
  {
    party: "secretsEndpoint",
    suffix: "secrets",
    service: "secretsmanager",
    calls: {
      // Every server reads the database's password. The server that installs WordPress writes the administrator's.
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      resource: ({ partition, region, accountId }) =>
        `arn:${partition}:secretsmanager:${region}:${accountId}:secret:*`,
    },
  },
  {
    party: "mailEndpoint",
    suffix: "mail",
    // The endpoint of SES's API; that of SMTP is email-smtp. AWS does not document whether it supports a policy. The
    // servers' role limits what they send.
    service: "email",
  },
];

/**
 * The interface endpoints of all flows. They have the service's usual name (private DNS), so servers reach the service
 * without a NAT gateway.
 */
export function createInterfaceEndpoints(
  name: string,
  subnetIds: pulumi.Input<string[]>,
  groups: SecurityGroups,
  { vpcId, tags, parent }: EndpointPlace,
): readonly aws.ec2.VpcEndpoint[] {
  const surroundings = pulumi.output({
    partition: partitionOf(parent),
    region: regionOf(parent),
    accountId: accountIdOf(parent),
  });
  return interfaceEndpoints.flatMap((endpoint) => {
    const group = groups[endpoint.party];
    if (group === undefined) return [];
    const endpointName = `${name}-${endpoint.suffix}`;
    return new aws.ec2.VpcEndpoint(
      endpointName,
      {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: pulumi.interpolate`com.amazonaws.${surroundings.region}.${endpoint.service}`,
        subnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        ...(endpoint.calls === undefined ? {} : { policy: endpointPolicy(endpoint.calls, surroundings) }),
        tags: named(endpointName, tags),
      },
      { parent },
    );
  });
}

/**
 * Without a policy, an endpoint accepts the credentials of every account, so an attacker on a server could send data to
 * secrets of another account.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
function endpointPolicy(
  { actions, resource }: Calls,
  surroundings: pulumi.Output<Surroundings>,
): pulumi.Output<string> {
  return surroundings.apply((known) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: actions,
          Resource: resource(known),
          Condition: { StringEquals: { "aws:PrincipalAccount": known.accountId } },
        },
      ],
    }),
  );
}

/** SSH through AWS's API and IAM, without a public address or a port open to the internet, free of charge. */
export function createConnectEndpoint(
  name: string,
  subnetId: pulumi.Input<string>,
  securityGroupId: pulumi.Input<string>,
  { tags, parent }: EndpointPlace,
): aws.ec2transitgateway.InstanceConnectEndpoint {
  const endpointName = `${name}-connect`;
  return new aws.ec2transitgateway.InstanceConnectEndpoint(
    endpointName,
    {
      subnetId,
      securityGroupIds: [securityGroupId],
      // Servers then see the endpoint's address, which the security groups and network ACLs allow.
      preserveClientIp: false,
      tags: named(endpointName, tags),
    },
    { parent },
  );
}
