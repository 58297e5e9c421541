import * as enums from "@pulumi/aws/types/enums";
import { expect } from "chai";
import { readFileSync } from "node:fs";

import { awsKeys } from "../../../components/settings/awsKeys";
import { regionProblem, regions } from "../../../components/settings/regions";

describe("the settings' facts about the aws provider", () => {
  it("lists the regions of the pinned @pulumi/aws", () => {
    expect(regions).to.have.members(Object.values(enums.Region));
  });

  it("lists the keys of the pinned @pulumi/aws", () => {
    const source = readFileSync(require.resolve("@pulumi/aws/config/vars"), "utf8");
    const keys = [...source.matchAll(/__config\.get(?:Object)?\("(\w+)"\)/g)].map(([, key]) => key);
    expect(keys).to.have.length.above(20);
    expect(awsKeys).to.have.members(keys);
  });

  for (const [region, meant] of [
    ["us-eest-1", "us-east-1"],
    ["eu-central1", "eu-central-1"],
    ["EU-West-1", "eu-west-1"],
  ] as const) {
    it(`suggests ${meant} for ${region}`, () => {
      expect(regionProblem(region)).to.include(`did you mean ${meant}?`);
    });
  }

  it("accepts every region of AWS", () => {
    expect(regionProblem("ap-northeast-2")).to.equal(undefined);
  });
});
