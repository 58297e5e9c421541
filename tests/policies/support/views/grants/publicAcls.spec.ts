import { expect } from "chai";

import type { Judgement } from "../../../../../policies/support/rule";
import {
  isBucketType,
  onPublicAccessBlocks,
  onPublicAcls,
} from "../../../../../policies/support/views/grants/buckets";
import { judgementOf } from "./judgement";

const bucket = "aws:s3/bucket:Bucket";
const group = (name: string) => `http://acs.amazonaws.com/groups/global/${name}`;
const found = (judgement: Judgement<object>, type: string, props: object) =>
  judgementOf(judgement, type, props).map(({ at, value }) => [at, value]);

describe("the types of S3", () => {
  it("are recognized by their module", () => {
    for (const type of ["s3/bucket:Bucket", "s3control/bucket:Bucket", "s3tables/a:A", "s3outposts/a:A"])
      expect(isBucketType(`aws:${type}`), type).to.equal(true);
    for (const type of ["aws:sns/topic:Topic", "aws:s3files/a:A", "my:aws:s3/bucket:Bucket"])
      expect(isBucketType(type), type).to.equal(false);
  });
});

describe("a public ACL", () => {
  for (const acl of ["public-read", "public-read-write", "authenticated-read"]) {
    it(`is ${acl}`, () => {
      expect(judgementOf(onPublicAcls(), bucket, { acl })).to.deep.equal([
        { at: "acl", value: acl, allowed: "private" },
      ]);
      expect(found(onPublicAcls(), bucket, { cannedAcl: acl })).to.deep.equal([["cannedAcl", acl]]);
    });
  }

  for (const name of ["AllUsers", "AuthenticatedUsers"]) {
    const uri = group(name);
    it(`is a grant to ${name}`, () => {
      expect(
        judgementOf(onPublicAcls(), bucket, { grants: [{ uri: group("LogDelivery") }, { uri }] }),
      ).to.deep.equal([{ at: "grants[1].uri", value: uri, allowed: "grantees of named accounts" }]);
      const inPolicy = { accessControlPolicy: { grants: [{ grantee: { uri } }, { grantees: [{ uri }] }] } };
      expect(found(onPublicAcls(), bucket, inPolicy)).to.deep.equal([
        ["accessControlPolicy.grants[0].grantee.uri", uri],
        ["accessControlPolicy.grants[1].grantees[0].uri", uri],
      ]);
    });
  }

  it("is not another one", () => {
    for (const acl of ["private", "log-delivery-write", "", 7])
      expect(found(onPublicAcls(), bucket, { acl })).to.deep.equal([]);
    for (const uri of [group("AllUsersOfMine"), "AllUsers", 7, group("s3/LogDelivery"), [group("AllUsers")]])
      expect(found(onPublicAcls(), bucket, { grants: [{ uri }] })).to.deep.equal([]);
  });
});

describe("Block Public Access", () => {
  const on = {
    ...{ blockPublicAcls: true, blockPublicPolicy: true },
    ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
  };
  const names = Object.keys(on);
  const own = [
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ];
  const nested: readonly (readonly [type: string, path: string, props: (block: unknown) => object])[] = [
    [
      "aws:s3/accessPoint:AccessPoint",
      "publicAccessBlockConfiguration",
      (block) => ({ publicAccessBlockConfiguration: block }),
    ],
    [
      "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint",
      "details.publicAccessBlock",
      (block) => ({ details: { publicAccessBlock: block } }),
    ],
  ];

  for (const type of own) {
    it(`needs all four settings on in ${type}, whose default is off`, () => {
      expect(found(onPublicAccessBlocks(), type, on)).to.deep.equal([]);
      expect(found(onPublicAccessBlocks(), type, {})).to.deep.equal(names.map((name) => [name, undefined]));
      expect(judgementOf(onPublicAccessBlocks(), type, { ...on, blockPublicPolicy: false })).to.deep.equal([
        { at: "blockPublicPolicy", value: false, allowed: "true" },
      ]);
    });
  }

  for (const [type, path, props] of nested) {
    it(`needs no setting off in ${type}, whose default is on`, () => {
      for (const passing of [{}, props({}), props(on), props(null), props("text")])
        expect(found(onPublicAccessBlocks(), type, passing)).to.deep.equal([]);
      const off = Object.fromEntries(names.map((name) => [name, false]));
      expect(found(onPublicAccessBlocks(), type, props(off))).to.deep.equal(
        names.map((name) => [`${path}.${name}`, false]),
      );
    });
  }

  it("is judged only where a type has it", () => {
    expect(onPublicAccessBlocks().appliesTo(bucket)).to.equal(false);
    expect(onPublicAccessBlocks().appliesTo("constructor")).to.equal(false);
  });
});
