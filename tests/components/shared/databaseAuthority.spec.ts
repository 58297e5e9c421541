import { expect } from "chai";
import { X509Certificate } from "node:crypto";

import { databaseAuthority } from "../../../components/shared/databaseAuthority";

describe("databaseAuthority", () => {
  for (const region of ["us-east-1", "us-west-2", "eu-central-1"]) {
    it(`is RDS's own root in ${region}, valid for decades`, () => {
      const certificate = new X509Certificate(databaseAuthority(region));
      expect(certificate.subject).to.include(`CN=Amazon RDS ${region} Root CA RSA2048 G1`);
      expect(certificate.ca).to.be.true;
      expect(certificate.verify(certificate.publicKey)).to.be.true;
      expect(new Date(certificate.validTo).getFullYear()).to.be.greaterThan(2050);
    });
  }

  it("refuses a region that RDS does not know, and names those that it does", () => {
    expect(() => databaseAuthority("mars-north-1")).to.throw(/"mars-north-1".*Known: .*us-east-1/);
  });
});
