import { wayOutInEachZone } from "../../../policies/production/rules/wayOutInEachZone";
import { firstPreviewWithAwsx } from "../support/awsx";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, spoil } from "../support/fixture";
import { endpoint, natGateways, privateSubnets, replacing, site, without } from "../support/site";

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
});
