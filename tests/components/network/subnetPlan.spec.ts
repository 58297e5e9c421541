import { expect } from "chai";

import { planSubnets } from "../../../components/network/subnetPlan";

describe("the subnet plan", () => {
  it("gives half of each zone to private subnets and a quarter to public ones", () => {
    expect(planSubnets("10.20.0.0/16")).to.deep.equal({ privatePrefixLength: 18, publicPrefixLength: 19 });
  });

  it("gives the public subnets of the smallest VPC the /27 that a load balancer needs", () => {
    expect(planSubnets("10.20.0.0/24")).to.deep.equal({ privatePrefixLength: 26, publicPrefixLength: 27 });
  });

  it("refuses a range that a VPC cannot have", () => {
    expect(() => planSubnets("10.20.0.0/28")).to.throw(RangeError, "10.20.0.0/28");
  });
});
