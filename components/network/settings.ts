import { z } from "zod";

import { fixed, inPlace, newServers } from "../settings/afterUp";
import { flag, oneOf, text } from "../settings/kinds";
import { tags } from "../settings/tags";
import { zoneCount } from "../shared/zones";
import { parseSourceCidrBlock, parseVpcCidrBlock } from "./cidr";

const cidrAllowed =
  "a private IPv4 range from /16 to /24 on its own boundary, in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, e.g. 10.20.0.0/16";
const sourceAllowed =
  "an IPv4 range from /8 to /32 on its own boundary, not of loopback, link-local or multicast addresses, e.g. 10.8.0.0/16";

// A network ACL takes 20 rules each way; the others need up to 8.
const mostSshSources = 10;
const zonesAllowed = `${String(zoneCount)} different Availability Zones of the stack's region, in lower case and no Local Zones, e.g. [us-east-1a, us-east-1b]`;

/** What a person may choose about the network; {@link NetworkArgs} adds what comes from elsewhere. */
export const networkSettings = z.strictObject(
  {
    cidrBlock: z
      .string({ error: cidrAllowed })
      .refine((block) => parseVpcCidrBlock(block) !== undefined, { error: cidrAllowed })
      .default("10.20.0.0/16")
      .describe("The VPC's private addresses; one /16 to /24.")
      .meta(fixed("make a second stack with the new range, and move the content")),
    availabilityZones: z
      .array(text(/[a-z]{2}(?:-[a-z]+)+-\d[a-z]/, zonesAllowed), { error: zonesAllowed })
      .length(zoneCount, { error: zonesAllowed })
      .refine((zones) => new Set(zones).size === zones.length, { error: zonesAllowed })
      .optional()
      .describe(
        "The two Availability Zones. Left out: the region's first two that offer the servers' types and the database's class, and from then on those of the stack.",
      )
      .meta(fixed("make a second stack in the new zones, and move the content")),
    natGateways: oneOf(["none", "single", "perAz"])
      .default("none")
      .describe(
        "How servers in private subnets reach the internet: not at all, through one NAT gateway (about $37 a month with its address, and a single point of failure), or through one in each zone (about $73). Traffic costs $0.045 per GB more.",
      )
      .meta(
        newServers({
          note: "to and from none, as servers are configured for a network with or without the internet; none also creates the Secrets Manager endpoint",
        }),
      ),
    interfaceEndpoints: oneOf(["oneZone", "perAz"])
      .default("perAz")
      .describe(
        "Zones of the Secrets Manager endpoint, through which servers without a NAT route (natGateways none, or servers in public subnets) read the database's password: one zone (about $7 a month) or each (about $15).",
      )
      .meta(inPlace()),
    sshFrom: z
      .array(
        z
          .string({ error: sourceAllowed })
          .refine((block) => parseSourceCidrBlock(block) !== undefined, { error: sourceAllowed }),
        { error: "a list of IPv4 ranges" },
      )
      .max(mostSshSources, { error: `at most ${String(mostSshSources)} IPv4 ranges` })
      .refine((blocks) => new Set(blocks).size === blocks.length, { error: "different IPv4 ranges" })
      .default([])
      .describe(
        "Private ranges that may open SSH to the servers, e.g. of a VPN or a peered VPC: servers have no public address, so an address on the internet never arrives. Needs a key: `fleet.keyPairName` or `fleet.sshPublicKey`.",
      )
      .meta(inPlace()),
    instanceConnectEndpoint: flag()
      .optional()
      .describe(
        "An EC2 Instance Connect Endpoint: SSH through AWS's API and IAM, without a public address, at no charge. Needs a key: `fleet.keyPairName` or `fleet.sshPublicKey`. Left out: made when `fleet.sshPublicKey` is set.",
      )
      .meta(inPlace()),
  },
  { error: "settings of the network, as name: value" },
);

export type NetworkSettings = z.output<typeof networkSettings>;

/** The settings, and what the rest of the program knows better than a person. */
export const networkArgs = networkSettings.extend({
  instanceConnectEndpoint: flag()
    .default(false)
    .describe("Whether SSH to the servers goes through an EC2 Instance Connect Endpoint."),
  https: flag().default(false).describe("Whether the load balancer answers HTTPS besides HTTP."),
  serverSubnets: oneOf(["private", "public"]).default("private").describe("Where the fleet's servers stand."),
  sharedUploads: flag().default(false).describe("Whether the fleet's servers share a file system."),
  imageBuilder: flag().default(false).describe("Whether the servers' image is baked here."),
  mail: flag().default(false).describe("Whether the fleet's servers send mail, through SES."),
  tags: tags().default({}).describe("Tags of everything that can have some."),
});

/**
 * Which of the zones are not the region's: AWS would refuse their subnets after the VPC was made.
 * @param region `undefined` when only AWS's shared files say which it is.
 */
export function foreignZones(
  { availabilityZones = [] }: Pick<NetworkSettings, "availabilityZones">,
  region: string | undefined,
): readonly { readonly index: number; readonly allowed: string }[] {
  if (region === undefined) return [];
  const allowed = `an Availability Zone of ${region} (aws:region), e.g. ${region}a`;
  return availabilityZones.flatMap((zone, index) =>
    zone.slice(0, -1) === region ? [] : [{ index, allowed }],
  );
}
