import { expect } from "chai";

import { prerequisitesOf } from "../../../localAws/prerequisites";

const nothing = { hostedZones: [], roles: [], instanceProfiles: [], keyPairs: [] };

describe("prerequisites of a stack's settings", () => {
  it("are empty when the stack creates everything itself", () => {
    expect(prerequisitesOf({})).to.deep.equal(nothing);
    expect(prerequisitesOf({ "wordpress:fleet": { instanceType: "t3.micro" } })).to.deep.equal(nothing);
  });

  it("include the hosted zone of the domain", () => {
    const config = {
      "wordpress:fleet": { domain: { name: "blog.example.com", hostedZoneName: "example.com" } },
    };
    expect(prerequisitesOf(config)).to.deep.equal({ ...nothing, hostedZones: ["example.com"] });
  });

  it("include the role, instance profile and key pair of a lab, each once", () => {
    const config = {
      "wordpress:fleet": { instanceProfileName: "LabInstanceProfile", keyPairName: "vockey" },
      "wordpress:launcher": {
        existingRoleArn: "arn:aws:iam::123456789012:role/service-role/LabRole",
        keyPairName: "vockey",
      },
    };
    expect(prerequisitesOf(config)).to.deep.equal({
      ...nothing,
      roles: ["service-role/LabRole"],
      instanceProfiles: ["LabInstanceProfile"],
      keyPairs: ["vockey"],
    });
  });
});
