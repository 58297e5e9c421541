import { expect } from "chai";

import { forAccount } from "../../../components/settings/placeholderAccount";

describe("the zeros in a stack's settings", () => {
  it("become the account wherever an ARN has them", () => {
    const settings = {
      "wordpress:launcher": {
        existingRoleArn: "arn:aws:iam::000000000000:role/LabRole",
        topics: ["arn:aws-us-gov:sns:us-gov-west-1:000000000000:alarms"],
      },
    };
    expect(forAccount(settings, "123456789012")).to.deep.equal({
      "wordpress:launcher": {
        existingRoleArn: "arn:aws:iam::123456789012:role/LabRole",
        topics: ["arn:aws-us-gov:sns:us-gov-west-1:123456789012:alarms"],
      },
    });
  });

  it("stay where they are no account's", () => {
    const settings = {
      "aws:region": "us-east-1",
      "wordpress:tags": { Phone: "000000000000", Arn: "arn:aws:iam::210987654321:role/r-000000000000" },
      "wordpress:network": { natGateways: null, number: 0, enabled: true },
    };
    expect(forAccount(settings, "123456789012")).to.deep.equal(settings);
  });
});
