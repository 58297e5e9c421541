import { expect } from "chai";
import fc from "fast-check";

import { parseCidrBlock } from "../../../components/network/cidr";
import { type End, type Flow, planFlows } from "../../../components/network/flows";
import {
  type AclPlan,
  type AclRule,
  type AclRules,
  planNetworkAclRules,
} from "../../../components/network/networkAclRules";

const vpcCidrBlock = "10.20.0.0/16";
const addresses = {
  /** One of each kind of subnet in each zone. */
  private: ["10.20.0.10", "10.20.128.10"],
  public: ["10.20.64.10", "10.20.192.10"],
  world: ["198.51.100.9"],
} as const;

const plans: fc.Arbitrary<AclPlan> = fc.record({
  https: fc.boolean(),
  nat: fc.boolean(),
  serverSubnets: fc.constantFrom("private" as const, "public" as const),
  sshFrom: fc.subarray(["203.0.113.7/32", "192.0.2.0/24", "172.16.0.0/12"]),
  instanceConnectEndpoint: fc.boolean(),
  sharedUploads: fc.boolean(),
  imageBuilder: fc.boolean(),
  mail: fc.boolean(),
  vpcCidrBlock: fc.constant(vpcCidrBlock),
});

interface Place {
  readonly tier: "private" | "public" | "world";
  readonly address: string;
}

const placesIn = (tier: Place["tier"]): readonly Place[] =>
  addresses[tier].map((address) => ({ tier, address }));

/** The subnets or addresses of an end of a flow. */
function placesOf(end: End, { serverSubnets, nat }: AclPlan): readonly Place[] {
  if ("cidrBlock" in end) {
    const network = end.cidrBlock.split("/")[0] ?? "";
    return end.cidrBlock === "0.0.0.0/0" ? placesIn("world") : [{ tier: "world", address: network }];
  }
  if (end.party === "loadBalancer") return placesIn("public");
  if (end.party === "imageBuilder") return placesIn(nat ? "private" : "public");
  return placesIn(end.party === "servers" ? serverSubnets : "private");
}

/** The last port of each range of source ports. */
const sourcePorts = (end: End) =>
  "party" in end && ["servers", "imageBuilder"].includes(end.party) ? [32_768, 60_999] : [1_024, 65_535];

const toNumber = (address: string) => parseCidrBlock(`${address}/32`)?.firstAddress ?? NaN;

function within(address: string, block: string): boolean {
  const parsed = parseCidrBlock(block);
  if (parsed === undefined) throw new Error(`not a block: ${block}`);
  const size = 2 ** (32 - parsed.prefixLength);
  return Math.floor(toNumber(address) / size) === Math.floor(parsed.firstAddress / size);
}

/** As AWS decides: without a matching rule, the packet is denied. All rules allow, so their order does not matter. */
const allows = (rules: readonly AclRule[], address: string, port: number) =>
  rules.some(
    ({ protocol, cidrBlock, fromPort, toPort }) =>
      protocol === "tcp" && within(address, cidrBlock) && fromPort <= port && port <= toPort,
  );

interface Packet {
  readonly from: Place;
  readonly to: Place;
  readonly port: number;
}

/** Whether the packet leaves the sender's subnet and enters the receiver's. */
function passes({ from, to, port }: Packet, acls: Readonly<Record<"public" | "private", AclRules>>): boolean {
  if (from.address === to.address) return true;
  const leaves = from.tier === "world" || allows(acls[from.tier].egress, to.address, port);
  const enters = to.tier === "world" || allows(acls[to.tier].ingress, from.address, port);
  return leaves && enters;
}

/** The packets of a connection: the first one and the responses, between all possible addresses. */
function packetsOf({ from, to, port }: Flow, plan: AclPlan): readonly Packet[] {
  return placesOf(from, plan).flatMap((client) =>
    placesOf(to, plan).flatMap((server) => [
      { from: client, to: server, port },
      ...sourcePorts(from).map((source) => ({ from: server, to: client, port: source })),
    ]),
  );
}

/**
 * Whether a private server's connection to the internet passes a NAT gateway in a public subnet. The ACLs see the server's
 * address on one side of the gateway and the gateway's on the other, and the internet's address on both.
 */
function passesNat(acls: Readonly<Record<"public" | "private", AclRules>>, server: string, port: number) {
  const [world] = addresses.world;
  const out = [
    allows(acls.private.egress, world, port),
    allows(acls.public.ingress, server, port),
    allows(acls.public.egress, world, port),
  ];
  const back = [
    ...[1_024, 65_535].map((natPort) => allows(acls.public.ingress, world, natPort)),
    ...[32_768, 60_999].flatMap((serverPort) => [
      allows(acls.public.egress, server, serverPort),
      allows(acls.private.ingress, world, serverPort),
    ]),
  ];
  return [...out, ...back].every((passed) => passed);
}

const portsOpenTo = (acl: AclRules, address: string) =>
  acl.ingress.filter(({ protocol, cidrBlock }) => protocol === "tcp" && within(address, cidrBlock));

describe("the network ACLs' rules", () => {
  it("allow every flow of the site and its responses, between all subnets of its ends", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const acls = planNetworkAclRules(plan);
        const stuck = planFlows(plan).flatMap((flow) =>
          packetsOf(flow, plan)
            .filter((packet) => !passes(packet, acls))
            .map((packet) => ({ flow: flow.name, packet })),
        );
        expect(stuck).to.deep.equal([]);
      }),
    );
  });

  it("allow private servers to reach package mirrors and HTTPS through a NAT gateway, and the responses", () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(80, 443), (plan, port) => {
        const acls = planNetworkAclRules({ ...plan, nat: true });
        for (const server of addresses.private) expect(passesNat(acls, server, port)).to.equal(true);
      }),
    );
  });

  it("allow the internet to open only HTTP and HTTPS connections to a public subnet", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { public: acl } = planNetworkAclRules(plan);
        const [world] = addresses.world;
        const services = portsOpenTo(acl, world).filter(({ fromPort }) => fromPort < 1_024);
        expect(services.map(({ fromPort, toPort }) => [fromPort, toPort])).to.deep.equal(
          plan.https
            ? [
                [80, 80],
                [443, 443],
              ]
            : [[80, 80]],
        );
      }),
    );
  });

  it("allow from the internet to a private subnet only responses to Linux's ephemeral ports through a NAT gateway", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { private: acl } = planNetworkAclRules(plan);
        const [world] = addresses.world;
        const opened = portsOpenTo(acl, world).map(({ fromPort, toPort }) => [fromPort, toPort]);
        expect(opened).to.deep.equal(plan.nat ? [[32_768, 60_999]] : []);
      }),
    );
  });

  it("allow private subnets to reach the internet only with a NAT gateway", () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(80, 443, 50_000), (plan, port) => {
        const { private: acl } = planNetworkAclRules({ ...plan, nat: false, sshFrom: [] });
        const [world] = addresses.world;
        expect(allows(acl.egress, world, port)).to.equal(false);
      }),
    );
  });

  it("deny SSH and the database's port from the internet", () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(22, 3_306, 2_049), (plan, port) => {
        const acls = planNetworkAclRules(plan);
        const [world] = addresses.world;
        expect(allows(acls.private.ingress, world, port)).to.equal(false);
        if (port === 22) expect(allows(acls.public.ingress, world, port)).to.equal(false);
      }),
    );
  });

  it("allow SSH only to the servers' subnets, only from the configured sources", () => {
    const plan: AclPlan = {
      https: false,
      nat: false,
      serverSubnets: "private",
      sshFrom: ["203.0.113.7/32"],
      instanceConnectEndpoint: false,
      sharedUploads: true,
      imageBuilder: true,
      mail: false,
      vpcCidrBlock,
    };
    const acls = planNetworkAclRules(plan);
    expect(allows(acls.private.ingress, "203.0.113.7", 22)).to.equal(true);
    expect(allows(acls.private.ingress, "203.0.113.8", 22)).to.equal(false);
    expect(allows(acls.public.ingress, "203.0.113.7", 22)).to.equal(false);
  });

  it("allow ICMP fragmentation needed in both directions", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { public: publicAcl, private: privateAcl } = planNetworkAclRules(plan);
        for (const { ingress, egress } of [publicAcl, privateAcl]) {
          for (const rules of [ingress, egress]) {
            expect(rules.filter(({ icmpType, icmpCode }) => icmpType === 3 && icmpCode === 4)).to.have.length(
              1,
            );
          }
        }
      }),
    );
  });

  it("have unique numbers, and at most AWS's maximum number of rules per direction", () => {
    const sources = Array.from({ length: 10 }, (_, index) => `203.0.113.${String(index)}/32`);
    fc.assert(
      fc.property(plans, (plan) => {
        const acls = planNetworkAclRules({ ...plan, sshFrom: sources });
        for (const rules of [acls.public, acls.private].flatMap(({ ingress, egress }) => [ingress, egress])) {
          expect(new Set(rules.map(({ ruleNo }) => ruleNo)).size).to.equal(rules.length);
          expect(rules.length).to.be.at.most(20);
        }
      }),
    );
  });
});
