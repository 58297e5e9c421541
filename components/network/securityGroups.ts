import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { Flow, Party } from "./flows";

/** The VPC, tags and parent of the groups. */
export interface Place {
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/** A group for each party. Uploads, the builder and the endpoints are optional. */
export type SecurityGroups = Readonly<
  Record<"loadBalancer" | "servers" | "database", aws.ec2.SecurityGroup> &
    Partial<Record<Party, aws.ec2.SecurityGroup>>
>;

/** AWS allows few characters in a description, and replaces a group when its description changes. */
const groupOf: Readonly<Record<Party, { readonly suffix: string; readonly description: string }>> = {
  loadBalancer: { suffix: "load-balancer", description: "The load balancer: visitors in, servers out" },
  servers: { suffix: "servers", description: "WordPress servers: HTTP from the load balancer only" },
  database: { suffix: "database", description: "The database: its port from servers only, nothing out" },
  uploads: { suffix: "uploads", description: "Shared uploads: NFS from servers only, nothing out" },
  imageBuilder: { suffix: "builder", description: "Builder of the servers image: nothing in, packages out" },
  secretsEndpoint: { suffix: "secrets-endpoint", description: "Secrets Manager: HTTPS from servers only" },
  mailEndpoint: { suffix: "mail-endpoint", description: "SES: HTTPS from servers only" },
  connectEndpoint: { suffix: "connect-endpoint", description: "Instance Connect: SSH to servers only" },
};

/**
 * A group for every party of a flow. The groups have no inline rules: the provider then removes AWS's default rule (all
 * outbound traffic), and groups can refer to each other.
 */
export function createSecurityGroups(name: string, flows: readonly Flow[], place: Place): SecurityGroups {
  const isUsed = (party: Party) =>
    flows.some(({ from, to }) => [from, to].some((end) => "party" in end && end.party === party));
  const optional = (
    ["uploads", "imageBuilder", "secretsEndpoint", "mailEndpoint", "connectEndpoint"] as const
  ).filter(isUsed);
  return {
    loadBalancer: createGroup(name, "loadBalancer", place),
    servers: createGroup(name, "servers", place),
    database: createGroup(name, "database", place),
    ...Object.fromEntries(optional.map((party) => [party, createGroup(name, party, place)])),
  };
}

function createGroup(name: string, party: Party, { vpcId, tags, parent }: Place): aws.ec2.SecurityGroup {
  const { suffix, description } = groupOf[party];
  const groupName = `${name}-${suffix}`;
  return new aws.ec2.SecurityGroup(
    groupName,
    { vpcId, description, tags: named(groupName, tags) },
    { parent },
  );
}

/** Removes all rules from the default group, which AWS assigns to resources without a group. */
export function closeDefaultSecurityGroup(
  name: string,
  { vpcId, tags, parent }: Place,
): aws.ec2.DefaultSecurityGroup {
  const groupName = `${name}-default`;
  return new aws.ec2.DefaultSecurityGroup(groupName, { vpcId, tags: named(groupName, tags) }, { parent });
}
