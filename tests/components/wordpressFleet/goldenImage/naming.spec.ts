import { expect } from "chai";

import { familyOf, imageName, isBookkeeping } from "../../../../components/wordpressFleet/goldenImage/naming";

const urnOf = (stack: string, project: string, name: string) =>
  `urn:pulumi:${stack}::${project}::wordpress:fleet:WordPressFleet$golden-image:index:GoldenImage::${name}`;

describe("a golden image's name", () => {
  const of = (contentHash: string, baseImageId: string) =>
    imageName(familyOf(urnOf("dev", "wordpress", "site-image")), { contentHash, baseImageId });

  it("contains its owner, its content and its base image", () => {
    expect(of("0123456789ab", "ami-0deb13a0d64000001")).to.equal(
      "wordpress/dev/site-image/0123456789ab-64000001",
    );
  });

  it("differs for other content and for another base", () => {
    const names = [
      of("0123456789ab", "ami-0deb13a0d64000001"),
      of("ba9876543210", "ami-0deb13a0d64000001"),
      of("0123456789ab", "ami-0deb13a0d63900001"),
    ];
    expect(new Set(names)).to.have.property("size", 3);
  });

  it("is cut, with a hash of the whole name, only when it is too long", () => {
    const short = familyOf(urnOf("s".repeat(79), "wordpress", "site-image"));
    expect(short)
      .to.equal(`wordpress/${"s".repeat(79)}/site-image`)
      .and.to.have.length(100);
    const cut = familyOf(urnOf("s".repeat(80), "wordpress", "site-image"));
    expect(cut)
      .to.match(/^wordpress\/s{77}-[0-9a-f]{12}$/)
      .and.to.have.length(100);
    expect(familyOf("no urn")).to.equal("/no urn/");
  });

  it("has at most AWS's 128 characters for any stack name, and stays unique", () => {
    const long = "s".repeat(100);
    const families = ["a", "b"].map((end) => familyOf(urnOf(long + end, "wordpress", "site-image")));
    expect(new Set(families)).to.have.property("size", 2);
    for (const family of families) {
      const name = imageName(family, { contentHash: "0".repeat(64), baseImageId: "ami-0deb13a0d64000001" });
      expect(name).to.match(/^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/);
    }
  });
});

describe("a golden image's tags", () => {
  it("are the program's, without those of the provider and of AWS", () => {
    expect(["golden-image:family", "aws:cloudformation", "Stack"].map(isBookkeeping)).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
