import { expect } from "chai";
import fc from "fast-check";

import { matches, matchesResource, partsOfUrn } from "../../../policies/exceptions/pattern";

const urn =
  "urn:pulumi:prod::wordpress::wordpress:database:Database$aws:rds/instance:Instance::wordpress-database";

describe("a pattern", () => {
  it("matches itself and nothing longer, whatever characters it has", () => {
    fc.assert(
      fc.property(fc.string().map(withoutStars), fc.string({ minLength: 1 }), (text, more) => {
        expect(matches(text, text)).to.equal(true);
        expect(matches(text, text + more)).to.equal(false);
      }),
    );
  });

  it("matches any characters at a star", () => {
    fc.assert(
      fc.property(fc.string().map(withoutStars), fc.string(), fc.string().map(withoutStars), (a, any, b) => {
        expect(matches(`${a}*${b}`, a + any + b)).to.equal(true);
        expect(matches("*", any)).to.equal(true);
      }),
    );
  });

  it("distinguishes the case of letters", () => {
    expect(matches("Prod", "prod")).to.equal(false);
  });
});

describe("a resource's pattern", () => {
  for (const pattern of [
    urn,
    "urn:pulumi:*::wordpress::*$aws:rds/instance:Instance::wordpress-database",
    "wordpress-database",
    "wordpress-*",
    "aws:rds/instance:Instance::wordpress-database",
    "aws:rds/*::*",
  ]) {
    it(`${pattern} matches by URN, by name or by type and name`, () => {
      expect(matchesResource(pattern, urn)).to.equal(true);
    });
  }

  for (const pattern of [
    "database",
    "aws:rds/instance:Instance",
    "aws:rds/instance:Instance::",
    "wordpress:database:Database::wordpress-database",
    "urn:pulumi:dev::*",
    "aws:rds/instance:Instance::wordpress-database-2",
  ]) {
    it(`${pattern} does not match a part of it`, () => {
      expect(matchesResource(pattern, urn)).to.equal(false);
    });
  }

  it("splits a URN whose name contains colons", () => {
    expect(partsOfUrn("urn:pulumi:dev::site::aws:s3/bucket:Bucket::a::b")).to.deep.equal({
      stack: "dev",
      type: "aws:s3/bucket:Bucket",
      name: "a::b",
    });
  });
});

function withoutStars(text: string): string {
  return text.replaceAll("*", "");
}
