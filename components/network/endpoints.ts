import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";

/** What every endpoint is given. */
export interface EndpointPlace {
  readonly vpcId: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/**
 * S3 of the region without an internet gateway or NAT, at no charge. awsx makes one too, but attaches it to
 * no route table, where it does nothing.
 */
export function createS3Endpoint(
  name: string,
  routeTableIds: pulumi.Input<string[]>,
  { vpcId, region, tags, parent }: EndpointPlace,
): aws.ec2.VpcEndpoint {
  const endpointName = `${name}-s3`;
  return new aws.ec2.VpcEndpoint(
    endpointName,
    {
      vpcId,
      vpcEndpointType: "Gateway",
      serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
      routeTableIds,
      tags: named(endpointName, tags),
    },
    { parent },
  );
}

/** Secrets Manager by its usual name, answered from inside the VPC: servers need no other way out. */
export function createSecretsEndpoint(
  name: string,
  subnetIds: pulumi.Input<string[]>,
  securityGroupId: pulumi.Input<string>,
  { vpcId, region, tags, parent }: EndpointPlace,
): aws.ec2.VpcEndpoint {
  const endpointName = `${name}-secrets`;
  return new aws.ec2.VpcEndpoint(
    endpointName,
    {
      vpcId,
      vpcEndpointType: "Interface",
      serviceName: pulumi.interpolate`com.amazonaws.${region}.secretsmanager`,
      subnetIds,
      securityGroupIds: [securityGroupId],
      privateDnsEnabled: true,
      tags: named(endpointName, tags),
    },
    { parent },
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
