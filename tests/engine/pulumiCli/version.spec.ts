import { expect } from "chai";
import { SemVer } from "semver";

import { goVersionIn, isNewEnough, pinnedVersion, versionIn } from "../../../engine/pulumiCli/version";

const goMod = [
  "module wordpress/engine/pulumicli",
  "",
  "go 1.26.6",
  "",
  "require github.com/pulumi/pulumi/pkg/v3 v3.274.1",
].join("\n");

describe("the Pulumi CLI's version", () => {
  it("is the one that go.mod pins", () => {
    expect(versionIn(goMod).version).to.equal("3.274.1");
    expect(goVersionIn(goMod)).to.equal("1.26.6");
    expect(pinnedVersion().major).to.equal(3);
  });

  it("must be pinned", () => {
    expect(() => versionIn("module x")).to.throw("requires no Pulumi CLI");
    expect(() => goVersionIn("module x")).to.throw("names no version of Go");
  });

  for (const [version, good] of [
    ["3.274.1", true],
    ["3.274.0", false],
    ["3.300.0", true],
    ["4.0.0", false],
    ["2.999.0", false],
  ] as const) {
    it(`${good ? "takes" : "does not take"} ${version} for 3.274.1`, () => {
      expect(isNewEnough(new SemVer(version), new SemVer("3.274.1"))).to.equal(good);
    });
  }

  it("does not take a CLI that does not print its version", () => {
    expect(isNewEnough(null, new SemVer("3.274.1"))).to.equal(false);
  });
});
