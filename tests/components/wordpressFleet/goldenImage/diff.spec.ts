import { expect } from "chai";

import { differenceOf } from "../../../../components/wordpressFleet/goldenImage/provider/diff";

const inputs = {
  contentHash: "0123456789ab",
  baseImageId: "ami-00000001",
  rootDeviceName: "/dev/xvda",
  instanceType: "t3.micro",
  subnetId: "subnet-1",
  securityGroupId: "sg-1",
  publicAddress: true,
  timeoutMinutes: 20,
  region: "us-east-1",
  tags: { Stack: "dev" },
};

describe("a change of a golden image", () => {
  const change = (changed: object) => differenceOf(inputs, { ...inputs, ...changed });

  it("replaces the image for other content or another region", () => {
    expect(change({ contentHash: "ba9876543210" })).to.deep.equal({
      changes: true,
      replaces: ["contentHash"],
    });
    expect(change({ region: "us-west-2" })).to.deep.equal({ changes: true, replaces: ["region"] });
  });

  it("is made in place for tags and for the AWS profile", () => {
    const inPlace = { changes: true, replaces: [] };
    expect(change({ tags: { Stack: "prod" } })).to.deep.equal(inPlace);
    expect(change({ tags: { Stack: "dev", Team: "blue" } })).to.deep.equal(inPlace);
    expect(change({ tags: {} })).to.deep.equal(inPlace);
    expect(change({ profile: "other" })).to.deep.equal(inPlace);
  });

  it("has no effect when only the next bake would differ", () => {
    const next = {
      baseImageId: "ami-00000002",
      rootDeviceName: "/dev/sda1",
      instanceType: "t3.small",
      subnetId: "subnet-2",
      securityGroupId: "sg-2",
      publicAddress: false,
      timeoutMinutes: 5,
    };
    expect(change(next)).to.deep.equal({ changes: false, replaces: [] });
  });
});
