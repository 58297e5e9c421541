import { expect } from "chai";

import { planSubnets } from "../../../components/network/subnetPlan";

describe("the subnet plan", () => {
  it("gives half of each zone to private subnets and a quarter to public ones", () => {
    expect(planSubnets("10.20.0.0/16")).to.deep.equal({ privatePrefixLength: 18, publicPrefixLength: 19 });
  });

  it("leaves the smallest VPC's public subnets the /27 that a load balancer needs", () => {
    expect(planSubnets("10.20.0.0/24")).to.deep.equal({ privatePrefixLength: 26, publicPrefixLength: 27 });
  });

  it("refuses what cannot be a VPC", () => {
    expect(() => planSubnets("10.20.0.0/28")).to.throw(RangeError, "10.20.0.0/28");
  });
});
