import { expect } from "chai";

import { Failure } from "../../cli/failure";
import { findServer } from "../../cli/serverName";

const servers = ["i-0aa1111", "i-0bb2222", "i-0cc2222"].map((id) => ({ id }));
const remedy = "List them.";

describe("the server that a word names", () => {
  it("is the first one without a word", () => {
    expect(findServer(servers, undefined, remedy).id).to.equal("i-0aa1111");
  });

  it("is the one with this id, this number, or this end of its id", () => {
    expect(findServer(servers, "i-0bb2222", remedy).id).to.equal("i-0bb2222");
    expect(findServer(servers, "2", remedy).id).to.equal("i-0bb2222");
    expect(findServer(servers, "c2222", remedy).id).to.equal("i-0cc2222");
  });

  it("is refused with the list when two ids end with the word", () => {
    expect(() => findServer(servers, "2222", remedy)).to.throw(
      Failure,
      "2222 names 2 servers. The servers:\n  1  i-0aa1111",
    );
  });

  for (const word of ["4", "0", "22", "i-9", ""]) {
    it(`is refused when no server is named "${word}"`, () => {
      expect(() => findServer(servers, word, remedy)).to.throw(Failure, "is no server");
    });
  }

  it("is refused when no server runs", () => {
    expect(() => findServer([], undefined, remedy)).to.throw(Failure, "has no running server");
  });
});
