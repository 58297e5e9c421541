import { z } from "zod";

import { fixed, inPlace, newServers } from "../settings/afterUp";
import { flag, oneOf, text } from "../settings/kinds";
import { omitted } from "../settings/stated";
import { tags } from "../settings/tags";
import { zoneCount } from "../shared/zones";
import { parseSourceCidrBlock, parseVpcCidrBlock } from "./cidr";
import type { NetworkSettings } from "./options";

const cidrAllowed =
  "a private IPv4 range from /16 to /24 on its own boundary, in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, e.g. 10.20.0.0/16";
const sourceAllowed =
  "an IPv4 range from /8 to /32 on its own boundary, not of loopback, link-local or multicast addresses, e.g. 10.8.0.0/16";

// A network ACL has at most 20 rules in each direction. The other flows need up to 8.
const mostSshSources = 10;
const sshAllowed = `a list of at most ${String(mostSshSources)} different IPv4 ranges, each ${sourceAllowed.replace(/^an IPv4 range /, "")}`;
const zonesAllowed = `${String(zoneCount)} different Availability Zones of the stack's region, in lower case and no Local Zones, e.g. [us-east-1a, us-east-1b]`;

/** A stack's settings of the network. {@link networkArgs} adds what the rest of the program decides. */
export const networkSettings = z.strictObject(
  {
    cidrBlock: z
      .string({ error: cidrAllowed })
      .refine((block) => parseVpcCidrBlock(block) !== undefined, { error: cidrAllowed })
      .default("10.20.0.0/16")
      .describe("Private IPv4 range of the VPC.")
      .meta(fixed("create a second stack with the new range and move the content")),
    availabilityZones: z
      .array(text(/[a-z]{2}(?:-[a-z]+)+-\d[a-z]/, zonesAllowed), { error: zonesAllowed })
      .length(zoneCount, { error: zonesAllowed })
      .refine((zones) => new Set(zones).size === zones.length, { error: zonesAllowed })
      .optional()
      .describe("The two Availability Zones of the subnets. A live stack keeps its zones.")
      .meta({
        ...fixed("create a second stack in the new zones and move the content"),
        ...omitted(
          "the region's first two zones that offer the servers' instance types and the database's class",
        ),
      }),
    natGateways: oneOf(["none", "single", "perAz"])
      .default("none")
      .describe(
        "How servers in private subnets reach the internet: `none`: they do not; `single`: through one NAT gateway (about $37 a month with its address; a single point of failure); `perAz`: through one NAT gateway in each zone (about $73 a month). Traffic costs $0.045 per GB more.",
      )
      .meta(
        newServers({
          note: "only to and from `none`, because servers are configured for a network with or without internet access; `none` also creates the Secrets Manager endpoint",
        }),
      ),
    interfaceEndpoints: oneOf(["oneZone", "perAz"])
      .default("perAz")
      .describe(
        "Where to place the Secrets Manager endpoint, through which servers without a NAT route (`natGateways: none`, or servers in public subnets) read the database's password: in one zone (about $7 a month) or in each (about $15 a month).",
      )
      .meta(inPlace()),
    sshFrom: z
      .array(
        z
          .string({ error: sourceAllowed })
          .refine((block) => parseSourceCidrBlock(block) !== undefined, { error: sourceAllowed }),
        { error: sshAllowed },
      )
      .max(mostSshSources, { error: sshAllowed })
      .refine((blocks) => new Set(blocks).size === blocks.length, { error: sshAllowed })
      .default([])
      .describe(
        "Private IPv4 ranges from which SSH to the servers is allowed, e.g. of a VPN or a peered VPC. Servers have no public address, so a range of the internet has no effect. Requires a key: `fleet.keyPairName` or `fleet.sshPublicKey`.",
      )
      .meta(inPlace()),
    instanceConnectEndpoint: flag()
      .optional()
      .describe(
        "Whether to create an EC2 Instance Connect Endpoint: SSH through AWS's API and IAM, without a public address, free of charge. Requires a key: `fleet.keyPairName` or `fleet.sshPublicKey`.",
      )
      .meta({ ...inPlace(), ...omitted("`true` with `fleet.sshPublicKey`, else `false`") }),
  },
  { error: "settings of the network, as name: value" },
);

/** The settings, and what the rest of the program decides. */
export const networkArgs = networkSettings.extend({
  instanceConnectEndpoint: flag()
    .default(false)
    .describe("Whether to create an EC2 Instance Connect Endpoint for SSH to the servers."),
  https: flag().default(false).describe("Whether the load balancer has an HTTPS listener besides HTTP."),
  serverSubnets: oneOf(["private", "public"])
    .default("private")
    .describe("Which subnets the fleet's servers run in."),
  sharedUploads: flag().default(false).describe("Whether the fleet's servers share an EFS file system."),
  imageBuilder: flag().default(false).describe("Whether the servers' image is built in this network."),
  mail: flag().default(false).describe("Whether the fleet's servers send mail through Amazon SES."),
  tags: tags().default({}).describe("Tags of every resource that takes tags."),
});

/**
 * The zones that are not in the region: AWS would refuse their subnets after it has created the VPC.
 * @param region `undefined` when only AWS's shared configuration files have it.
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
