import { expect } from "chai";

import { processorOf } from "../../../components/shared/processors";

describe("the processor of an instance type", () => {
  for (const type of [
    ...[
      "t2.micro",
      "t3.micro",
      "t3a.small",
      "m7i-flex.large",
      "g4dn.xlarge",
      "g4ad.xlarge",
      "g5.xlarge",
      "g6e.xlarge",
    ],
    ...[
      "p4d.24xlarge",
      "c7a.medium",
      "x2iedn.xlarge",
      "u-6tb1.metal",
      "inf2.xlarge",
      "trn1.2xlarge",
      "z1d.large",
    ],
  ]) {
    it(`is x86-64 of ${type}`, () => {
      expect(processorOf(type)).to.equal("amd64");
    });
  }

  for (const type of [
    ...[
      "t4g.nano",
      "m7g.large",
      "m6gd.large",
      "c7gn.medium",
      "im4gn.large",
      "is4gen.large",
      "g5g.xlarge",
      "x2gd.large",
    ],
    ...["a1.medium", "hpc7g.4xlarge", "r8gb.large", "i8ge.large", "m9g.large", "p6e-gb200.36xlarge"],
  ]) {
    it(`is arm64 of ${type}`, () => {
      expect(processorOf(type)).to.equal("arm64");
    });
  }
});
