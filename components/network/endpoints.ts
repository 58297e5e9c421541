import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountIdOf, partitionOf, regionOf } from "../settings/account";
import { named } from "../settings/named";
import type { Party } from "./flows";
import type { SecurityGroups } from "./securityGroups";

/** What every endpoint is given. */
export interface EndpointPlace {
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/** The account and region that an endpoint serves, as ARNs name them. */
interface Surroundings {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** An AWS service with an address inside the VPC, for the calls that servers make and no other. */
interface InterfaceEndpoint {
  /** Whose security group it has; there is an endpoint where this party takes part in a flow. */
  readonly party: Party;
  /** Last part of the resource's name. */
  readonly suffix: string;
  /** Last part of the service's name, after `com.amazonaws.<region>.` */
  readonly service: string;
  /** What its policy allows; it has none when left out, as not every service takes one. */
  readonly calls?: Calls;
}

/** The calls that servers make of a service. */
interface Calls {
  readonly actions: readonly string[];
  readonly resource: (surroundings: Surroundings) => string;
}

/** To add one: its party in `flows.ts`, its flow, and a line here. */
const interfaceEndpoints: readonly InterfaceEndpoint[] = [
  {
    party: "secretsEndpoint",
    suffix: "secrets",
    service: "secretsmanager",
    calls: {
      // Every server reads the database's password; the installing one writes the administrator's.
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      resource: ({ partition, region, accountId }) =>
        `arn:${partition}:secretsmanager:${region}:${accountId}:secret:*`,
    },
  },
  {
    party: "mailEndpoint",
    suffix: "mail",
    // SES's API; email-smtp is another, for SMTP. AWS does not document that it takes a policy: the servers' role
    // limits what they send.
    service: "email",
  },
];

/**
 * The interface endpoints that a flow leads to. They answer under the service's usual name (private DNS), so servers
 * need no NAT gateway for them.
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
 * Without a policy an endpoint lets every account's credentials through, so that a page that was broken into could
 * carry data to a stranger's secrets.
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

/** SSH through AWS's API and IAM: no public address, no open port, no charge. */
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
      // Servers then see the endpoint's address, which is what security groups and ACLs let in.
      preserveClientIp: false,
      tags: named(endpointName, tags),
    },
    { parent },
  );
}
