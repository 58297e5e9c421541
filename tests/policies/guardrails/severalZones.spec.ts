import { severalZones } from "../../../policies/guardrails/rules/severalZones";
import { firstPreviewWithAwsx, updateWithAwsx } from "../support/awsx";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";
import { group, loadBalancer, privateSubnets, publicSubnets, replacing, site } from "../support/site";

const allowed = "subnets in at least 2 Availability Zones";

describe("several-zones", () => {
  itPassesStack(severalZones, "a fleet and a load balancer in two zones", updateWithAwsx(site));
  itAwaitsUpdate(
    severalZones,
    "two unknown ids that depend on two subnets, which may both be of one of them",
    site,
    "vpcZoneIdentifiers",
  );
  itRefusesStack(
    severalZones,
    "a fleet in one zone",
    replacing(among(group, { vpcZoneIdentifiers: privateSubnets.slice(0, 1) })),
    { of: group, at: "vpcZoneIdentifiers", value: "in us-east-1a", allowed },
  );
  const [first] = privateSubnets;
  if (first === undefined) throw new Error("the site has no private subnet");
  const twin = among(fixture("aws:ec2/subnet:Subnet", "twin", { availabilityZone: "us-east-1a" }), {});
  itRefusesStack(
    severalZones,
    "a fleet in two subnets of one zone",
    [...replacing(among(group, { vpcZoneIdentifiers: [first, twin] })), twin],
    { of: group, at: "vpcZoneIdentifiers", value: "in us-east-1a", allowed },
  );
  itRefusesStack(severalZones, "a fleet in subnets of another stack", replacing(among(group, {})), {
    of: group,
    at: "vpcZoneIdentifiers",
    value: "in no known zone",
    allowed,
  });
  itAwaitsUpdate(
    severalZones,
    "a fleet in one of the subnets of awsx.ec2.Vpc",
    firstPreviewWithAwsx(replacing(among(group, { vpcZoneIdentifiers: privateSubnets.slice(0, 1) }))),
    "vpcZoneIdentifiers",
  );
  itAwaitsUpdate(
    severalZones,
    "subnets of another stack, whose zones only AWS knows",
    replacing(
      among(spoil(group, { vpcZoneIdentifiers: ["subnet-1", "subnet-2"], availabilityZones: [unknown] }), {}),
    ),
    "availabilityZones",
  );
  itPassesStack(
    severalZones,
    "a fleet that names its zones",
    updateWithAwsx(replacing(among(spoil(group, { availabilityZones: ["us-east-1a", "us-east-1b"] }), {}))),
  );
  itRefusesStack(
    severalZones,
    "a load balancer in one zone",
    replacing(among(loadBalancer, { subnets: publicSubnets.slice(1) })),
    { of: loadBalancer, at: "subnets", value: "in us-east-1b", allowed },
  );
  itPassesStack(
    severalZones,
    "a load balancer with its subnets in mappings",
    updateWithAwsx(replacing(among(loadBalancer, { subnetMappings: publicSubnets }))),
  );
  itRefusesStack(
    severalZones,
    "fewer servers than the configuration requires",
    replacing(among(loadBalancer, { subnets: [...publicSubnets, twin] }))
      .concat(twin)
      .filter(({ urn }) => urn !== group.urn),
    {
      of: loadBalancer,
      at: "subnets",
      value: "in us-east-1a, us-east-1b",
      allowed: "subnets in at least 3 Availability Zones",
    },
    { minimumZones: 3 },
  );
});
