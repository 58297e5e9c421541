/** Small VPCs with random rules and routes, for properties. */
import * as fc from "fast-check";

import type { AclEntry, GroupRule, Interface, Vpc } from "../../../../../localAws/live/world";
import { aclEntry, everyEgress, groupRule, networkInterface, subnet, vpc } from "./worlds";

/** A host of the internet: the visitor, and one more. */
export const visitor = "198.51.100.1";
export const service = "198.18.0.1";

export interface Site {
  readonly vpc: Vpc;
  readonly interfaces: readonly Interface[];
}

const subnetCidrs = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"];
const ranges = [
  "0.0.0.0/0",
  "10.0.0.0/16",
  ...subnetCidrs,
  "10.0.0.20/32",
  "10.0.1.20/32",
  "198.51.100.0/24",
];
const groupIds = ["sg-a", "sg-b", "sg-c"];
const ports = [
  [80, 80],
  [443, 443],
  [0, 65_535],
  [1_024, 65_535],
  [81, 442],
  [32_768, 60_999],
] as const;

const anyRange = fc.constantFrom(...ranges);
const anyPorts = fc.constantFrom(...ports);
const anyProtocol = fc.constantFrom("-1", "tcp", "tcp", "udp", "icmp");

const anyPeer = fc.oneof(
  anyRange.map((cidr) => ({ cidrs: [cidr] })),
  fc.constantFrom(...groupIds).map((id) => ({ groups: [id] })),
  fc.tuple(anyRange, anyRange).map((prefixListCidrs) => ({ prefixListCidrs })),
);

const anyGroupRule: fc.Arbitrary<GroupRule> = fc
  .tuple(fc.boolean(), anyProtocol, anyPorts, anyPeer, fc.constantFrom(null, 8, 0))
  .map(([egress, protocol, [fromPort, toPort], peer, type]) => {
    const limits =
      protocol === "-1" ? {} : protocol === "icmp" ? { fromPort: type, toPort: null } : { fromPort, toPort };
    return groupRule({ egress, protocol, ...limits, ...peer });
  });

const anyEntry: fc.Arbitrary<AclEntry> = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom("-1", "6", "6", "17", "1"),
    fc.constantFrom("allow" as const, "allow" as const, "deny" as const),
    anyRange,
    anyPorts,
    fc.constantFrom(-1, 8, 0),
    fc.integer({ min: 1, max: 300 }),
  )
  .map(([egress, protocol, action, cidr, [fromPort, toPort], icmpType, ruleNumber]) => {
    const hasPorts = protocol === "6" || protocol === "17";
    const icmp = protocol === "1" ? { icmpType, icmpCode: -1 } : {};
    return aclEntry({
      egress,
      protocol,
      action,
      cidr,
      ruleNumber,
      ...(hasPorts ? { fromPort, toPort } : icmp),
    });
  });

/** Open at the end more often than not, so that connections reach what comes after. */
const anyAcl = fc
  .tuple(fc.uniqueArray(anyEntry, { selector: ({ ruleNumber }) => ruleNumber, maxLength: 5 }), fc.boolean())
  .map(([entries, open]) => [
    ...entries,
    ...(open ? [aclEntry({ ruleNumber: 400 }), aclEntry({ ruleNumber: 400, egress: true })] : []),
  ]);

const anyTarget = fc.constantFrom("igw-1", "igw-1", "nat-1", "nat-2", null, "eni-unknown");

const anyRoutes = fc
  .tuple(fc.option(anyTarget, { nil: undefined }), fc.option(anyTarget, { nil: undefined }))
  .map(([everywhere, visitors]) => [
    { destination: "10.0.0.0/16", target: "local" },
    ...(everywhere === undefined ? [] : [{ destination: "0.0.0.0/0", target: everywhere }]),
    ...(visitors === undefined ? [] : [{ destination: "198.51.100.0/24", target: visitors }]),
  ]);

/** Often with the rule that every new group of AWS has, so that what comes after decides. */
const anyRules = fc
  .tuple(fc.array(anyGroupRule, { minLength: 1, maxLength: 6 }), fc.boolean())
  .map(([rules, opens]) => (opens ? [...rules, everyEgress] : rules));

const anyGroups = fc.subarray(groupIds, { minLength: 1, maxLength: 2 });

/** Two hosts in each of the first two subnets, one in the last one. */
const anyInterfaces = fc
  .tuple(
    ...["0.20", "0.21", "1.20", "1.21", "2.20"].map((end) =>
      fc.tuple(fc.constant(end), anyGroups, fc.boolean()),
    ),
  )
  .map((hosts) =>
    hosts.map(([end, groups, isPublic], index) =>
      networkInterface(
        `subnet-${end[0] ?? ""}`,
        `10.0.${end}`,
        groups,
        isPublic ? `54.0.0.${index + 1}` : null,
      ),
    ),
  );

export const anySite: fc.Arbitrary<Site> = fc
  .record({
    gateway: fc.constantFrom("igw-1", "igw-1", "igw-1", null),
    routes: fc.tuple(anyRoutes, anyRoutes, anyRoutes),
    acls: fc.tuple(anyAcl, anyAcl, anyAcl),
    groups: fc.tuple(...groupIds.map(() => anyRules)),
    natState: fc.constantFrom("available", "available", "pending"),
    interfaces: anyInterfaces,
  })
  .map(({ gateway, routes, acls, groups, natState, interfaces }) => ({
    interfaces,
    vpc: vpc({
      internetGatewayId: gateway,
      subnets: subnetCidrs.map((cidr, index) =>
        subnet(`subnet-${index}`, cidr, { routes: routes[index] ?? [], aclId: `acl-${index}` }),
      ),
      acls: acls.map((entries, index) => ({ id: `acl-${index}`, entries })),
      securityGroups: groups.map((rules, index) => ({
        id: groupIds[index] ?? "",
        name: `group ${index}`,
        rules: [...rules],
      })),
      natGateways: [
        { id: "nat-1", subnetId: "subnet-0", state: natState, privateIp: "10.0.0.7", publicIp: "54.0.1.1" },
        {
          id: "nat-2",
          subnetId: "subnet-1",
          state: "available",
          privateIp: "10.0.1.7",
          publicIp: "54.0.1.2",
        },
      ],
    }),
  }));
