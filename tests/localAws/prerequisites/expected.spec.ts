import { expect } from "chai";

import { furnitureFor } from "../../../localAws/prerequisites";

const nothing = { hostedZones: [], roles: [], instanceProfiles: [], keyPairs: [] };

describe("what a stack's settings expect to find in an account", () => {
  it("is nothing where they make all themselves", () => {
    expect(furnitureFor({})).to.deep.equal(nothing);
    expect(furnitureFor({ "wordpress:fleet": { instanceType: "t3.micro" } })).to.deep.equal(nothing);
  });

  it("is the zone of the domain", () => {
    const config = {
      "wordpress:fleet": { domain: { name: "blog.example.com", hostedZoneName: "example.com" } },
    };
    expect(furnitureFor(config)).to.deep.equal({ ...nothing, hostedZones: ["example.com"] });
  });

  it("is what a lab has, each once", () => {
    const config = {
      "wordpress:fleet": { instanceProfileName: "LabInstanceProfile", keyPairName: "vockey" },
      "wordpress:launcher": {
        existingRoleArn: "arn:aws:iam::123456789012:role/service-role/LabRole",
        keyPairName: "vockey",
      },
    };
    expect(furnitureFor(config)).to.deep.equal({
      ...nothing,
      roles: ["service-role/LabRole"],
      instanceProfiles: ["LabInstanceProfile"],
      keyPairs: ["vockey"],
    });
  });
});
