import { expect } from "chai";

import { leftoverOf } from "../../students/work/leftovers";

const costOf = (arn: string) => leftoverOf(arn).dollarsPerHour;

describe("a remaining resource of a stack", () => {
  it("has the price of its kind", () => {
    expect(costOf("arn:aws:ec2:us-east-1:111111111111:natgateway/nat-1")).to.equal(0.045);
    expect(costOf("arn:aws:ec2:us-east-1:111111111111:elastic-ip/eipalloc-1")).to.equal(0.005);
    expect(
      costOf("arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/wordpress/1"),
    ).to.be.closeTo(0.0325, 1e-9);
  });

  it("is listed without a price when its kind does not determine one", () => {
    expect(leftoverOf("arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1")).to.deep.equal({
      what: "arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1",
    });
  });
});
