import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { Flow, Party } from "./flows";

/** Where the groups belong. */
export interface Place {
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/** A group for each party; those of uploads, the builder and the endpoints only where there is such a thing. */
export type SecurityGroups = Readonly<
  Record<"loadBalancer" | "servers" | "database", aws.ec2.SecurityGroup> &
    Partial<Record<Party, aws.ec2.SecurityGroup>>
>;

/** What each group is for, in the letters that AWS takes in a description. */
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
 * A group for everyone who takes part in a flow. No rule stands in a group itself: the provider then takes
 * away AWS's own (everything out), and groups can refer to each other.
 */
export function createSecurityGroups(name: string, flows: readonly Flow[], place: Place): SecurityGroups {
  const takesPart = (party: Party) =>
    flows.some(({ from, to }) => [from, to].some((end) => "party" in end && end.party === party));
  const optional = (
    ["uploads", "imageBuilder", "secretsEndpoint", "mailEndpoint", "connectEndpoint"] as const
  ).filter(takesPart);
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

/** Closes the group that AWS gives to whatever names none. */
export function closeDefaultSecurityGroup(
  name: string,
  { vpcId, tags, parent }: Place,
): aws.ec2.DefaultSecurityGroup {
  const groupName = `${name}-default`;
  return new aws.ec2.DefaultSecurityGroup(groupName, { vpcId, tags: named(groupName, tags) }, { parent });
}
