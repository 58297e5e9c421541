import { expect } from "chai";
import fc from "fast-check";

import { accountIdOf } from "../../localAws/accounts";

describe("a stack's account in the emulator", () => {
  it("is the same in every run, on every machine", () => {
    expect(accountIdOf("local")).to.equal("642872260880");
    expect(accountIdOf("prod")).to.equal("843579735134");
  });

  it("is always 12 digits without a leading zero, as some clients drop one", () => {
    fc.assert(
      fc.property(fc.string(), (stack) => {
        expect(accountIdOf(stack)).to.match(/^[1-9]\d{11}$/);
      }),
    );
  });

  it("differs for each of 300 stacks", () => {
    const accounts = Array.from({ length: 300 }, (_, index) => accountIdOf(`student-${index}`));
    expect(new Set(accounts)).to.have.property("size", 300);
  });
});
