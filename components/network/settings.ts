import { z } from "zod";

import { flag, oneOf, text } from "../settings/kinds";
import { parseVpcCidrBlock } from "./cidr";

const cidrAllowed = "an IPv4 range from /16 to /24 on its own boundary, e.g. 10.20.0.0/16";
const sourceAllowed = "an IPv4 range that is not the whole world, e.g. 203.0.113.7/32";

/** What a person may choose about the network; {@link NetworkArgs} adds what comes from elsewhere. */
export const networkSettings = z.strictObject(
  {
    cidrBlock: z
      .string({ error: cidrAllowed })
      .refine((block) => parseVpcCidrBlock(block) !== undefined, { error: cidrAllowed })
      .default("10.20.0.0/16")
      .describe("The VPC's addresses; one /16 to /24."),
    natGateways: oneOf(["none", "single", "perAz"])
      .default("none")
      .describe(
        "How servers without a public address reach the internet: not at all, through one NAT gateway (about $33 a month, and a single point of failure), or through one in each zone (about $66).",
      ),
    interfaceEndpoints: oneOf(["oneZone", "perAz"])
      .default("perAz")
      .describe(
        "With natGateways none, where the endpoint stands through which servers read the database's secret: in one zone (about $7 a month) or in each (about $15).",
      ),
    sshFrom: z
      .array(
        text(/^(?:\d{1,3}\.){3}\d{1,3}\/(?:[1-9]|[12]\d|3[0-2])$/, sourceAllowed).refine(
          (block) => !block.startsWith("0."),
          { error: sourceAllowed },
        ),
        { error: "a list of IPv4 ranges" },
      )
      .default([])
      .describe("Who may open SSH to the servers; nobody by default. Never the whole world."),
    instanceConnectEndpoint: flag()
      .default(false)
      .describe(
        "An EC2 Instance Connect Endpoint: SSH through AWS's API, without a public address, at no charge.",
      ),
  },
  { error: "settings of the network, as name: value" },
);

export type NetworkSettings = z.output<typeof networkSettings>;
