import { expect } from "chai";
import fc from "fast-check";

import { describeExcepted, exceptedIn } from "../../../policies/exceptions/text";

/** One line that is not empty, and does not end with a full stop. */
const line = fc
  .string({ minLength: 1, maxLength: 60 })
  .filter((text) => text.trim() === text && text !== "" && !/[\r\n\u2028\u2029]|\.$/.test(text));

describe("the message of an excepted violation", () => {
  it("is read as it was written, also below the description that the engine puts before it", () => {
    const owner = line.filter((text) => !text.includes(". Owner: "));
    fc.assert(
      fc.property(line, owner, fc.string(), (reason, who, message) => {
        const excepted = { rule: "imdsv2", until: "2027-01-31", reason, owner: who, message };
        const text = describeExcepted(excepted);
        expect(exceptedIn(text)).to.deep.equal(excepted);
        expect(exceptedIn(`An exception covers this violation.\n${text}`)).to.deep.equal(excepted);
      }),
    );
  });

  it("has one full stop after the reason and after the owner", () => {
    const excepted = { rule: "a", until: "b", reason: " It ends... ", owner: "me.", message: "m" };
    expect(describeExcepted(excepted)).to.equal("a: excepted until b, because It ends. Owner: me.\nm");
    expect(describeExcepted({ ...excepted, reason: "v1.2 is old" })).to.contain("because v1.2 is old. Owner");
  });

  it("is none of another policy", () => {
    for (const text of [
      "",
      "imdsv2: excepted until 2027-01-31",
      "web: excepted until x, because y. Owner: z",
      "the rule a: b excepted until x, because y.",
    ]) {
      expect(exceptedIn(text), text).to.equal(undefined);
    }
  });
});
