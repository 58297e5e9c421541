import { expect } from "chai";

import { wayOutInEachZone } from "../../../policies/production/rules/wayOutInEachZone";
import type { StackResource } from "../../../policies/support/stack";
import { firstPreviewWithAwsx } from "../support/awsx";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, spoil, unknown } from "../support/fixture";
import { judgeStack, passed } from "../support/judge";
import {
  endpoint,
  gateway,
  group,
  natGateways,
  privateSubnets,
  publicSubnets,
  replacing,
  site,
  without,
} from "../support/site";

const rule = wayOutInEachZone;
const allowed = "one in each of us-east-1a, us-east-1b";
const refused = {
  at: "the routes of fleet to NAT gateways",
  allowed: "from every subnet, a route to a NAT gateway in its own zone",
};
const noneIn = (zones: string) => `none in ${zones} that its subnets there use`;
const inOneZone = { subnetIds: privateSubnets.slice(0, 1) };

describe("way-out-in-each-zone", () => {
  itPassesStack(rule, "a NAT gateway and an endpoint in each zone", site);
  itPassesStack(rule, "no NAT gateway at all", without(...natGateways));
  itPassesStack(rule, "no endpoint at all", without(endpoint));
  itPassesStack(
    rule,
    "a gateway endpoint, which has no zone",
    replacing(among(spoil(endpoint, { vpcEndpointType: "Gateway" }), {})),
  );
  for (const [index, zone] of ["us-east-1b", "us-east-1a"].entries()) {
    const kept = natGateways[index];
    if (kept === undefined) throw new Error("the site has two NAT gateways");
    const gone = natGateways.filter((each) => each !== kept);
    itRefusesStack(rule, `none in ${zone}`, without(...gone), { ...refused, of: kept, value: noneIn(zone) });
  }
  itAwaitsUpdate(
    rule,
    "an endpoint in subnets of awsx.ec2.Vpc",
    firstPreviewWithAwsx(replacing(among(endpoint, inOneZone))),
    "(vpcZoneIdentifiers|subnetIds)",
  );
  itRefusesStack(rule, "an endpoint in one zone", replacing(among(endpoint, inOneZone)), {
    of: endpoint,
    at: "subnetIds",
    value: "none in us-east-1b",
    allowed,
  });
  itRefusesStack(rule, "an endpoint in no zone of the fleet", replacing(among(endpoint, {})), {
    ...{ of: endpoint, at: "subnetIds", allowed },
    value: "none in us-east-1a, us-east-1b",
  });

  const [first, second] = privateSubnets;
  const [nat, otherNat] = natGateways;
  if (first === undefined || second === undefined || nat === undefined || otherNat === undefined)
    throw new Error("the site has two private subnets, with a NAT gateway each");
  /** The site with a fleet in one of its two subnets; a preview does not know in which. */
  const inEither = (stack: readonly StackResource[]) =>
    stack.map((each) =>
      each.urn === group.urn
        ? among(spoil(group, { vpcZoneIdentifiers: [unknown] }), { vpcZoneIdentifiers: privateSubnets })
        : each,
    );
  const previewOnly = (what: string, stack: readonly StackResource[]) => {
    it(`passes ${what}, in a preview`, async () => {
      expect(await judgeStack(rule, stack)).to.deep.equal(passed);
    });
  };
  previewOnly("a fleet in either of two subnets, with all in both zones", inEither(site));
  itAwaitsUpdate(
    rule,
    "a fleet in either of two subnets, with a NAT gateway for one",
    inEither(without(otherNat)),
    "vpcZoneIdentifiers.0",
  );
  itAwaitsUpdate(
    rule,
    "a fleet in either of two subnets, with an endpoint in one",
    inEither(replacing(among(spoil(endpoint, { subnetIds: [unknown] }), inOneZone))),
    "vpcZoneIdentifiers.0",
  );

  const natIn = (...subnets: readonly StackResource[]) => among(nat, { subnetId: subnets });
  itAwaitsUpdate(
    rule,
    "a NAT gateway in either of two zones",
    replacing(natIn(...publicSubnets)),
    "subnetId",
  );
  const [, publicInB] = publicSubnets;
  if (publicInB === undefined) throw new Error("the site has two public subnets");
  itRefusesStack(rule, "two NAT gateways in one zone", replacing(natIn(publicInB)), {
    ...{ ...refused, of: nat, value: noneIn("us-east-1a") },
  });

  const regional = (availabilityZoneAddresses?: readonly { readonly availabilityZone?: string }[]) =>
    among(
      spoil(nat, {
        availabilityMode: "regional",
        ...(availabilityZoneAddresses === undefined
          ? {}
          : {
              availabilityZoneAddresses: availabilityZoneAddresses.map((each) => ({
                ...each,
                allocationIds: [],
              })),
            }),
      }),
      {},
    );
  const withRegional = (gateway: StackResource) =>
    replacing(gateway).flatMap((each) => {
      if (each.urn === otherNat.urn) return [];
      const [target] = each.propertyDependencies["natGatewayId"] ?? [];
      return [
        target === undefined ? each : among(each, { ...each.propertyDependencies, natGatewayId: [gateway] }),
      ];
    });
  itPassesStack(rule, "a regional NAT gateway", withRegional(regional()));
  itPassesStack(rule, "a regional NAT gateway by the zones' ids", withRegional(regional([{}, {}])));
  itPassesStack(
    rule,
    "a regional NAT gateway in both zones",
    withRegional(regional([{ availabilityZone: "us-east-1a" }, { availabilityZone: "us-east-1b" }])),
  );
  itRefusesStack(
    rule,
    "a regional NAT gateway in one zone",
    withRegional(regional([{ availabilityZone: "us-east-1a" }])),
    { ...refused, of: regional(), value: noneIn("us-east-1b") },
  );

  const routeBy = (subnet: StackResource, targets: readonly StackResource[]) => (each: StackResource) =>
    each.type === "aws:ec2/route:Route" && each.name === subnet.name
      ? among(each, { ...each.propertyDependencies, natGatewayId: targets })
      : each;
  itAwaitsUpdate(
    rule,
    "a route to either of two NAT gateways",
    site.map(routeBy(first, natGateways)),
    "natGatewayId",
  );
  itRefusesStack(
    rule,
    "a route to either of two NAT gateways of another zone",
    replacing(natIn(publicInB)).map(routeBy(first, [natIn(publicInB), otherNat])),
    { ...refused, of: nat, value: noneIn("us-east-1a") },
  );
  itPassesStack(
    rule,
    "a subnet with a route to the internet gateway, which has no zone",
    without(otherNat).map((each) =>
      each.type === "aws:ec2/route:Route" && each.name === second.name
        ? {
            ...each,
            props: { destinationCidrBlock: "0.0.0.0/0", gatewayId: unknown, routeTableId: unknown },
            propertyDependencies: {
              routeTableId: each.propertyDependencies["routeTableId"] ?? [],
              gatewayId: [gateway],
            },
          }
        : each,
    ),
  );
  itPassesStack(
    rule,
    "subnets whose zones AWS chooses",
    site.map((each) => (privateSubnets.some(({ urn }) => urn === each.urn) ? { ...each, props: {} } : each)),
  );
});
