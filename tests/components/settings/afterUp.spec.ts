import { expect } from "chai";
import { z } from "zod";

import {
  describeAfterUp,
  fixed,
  inPlace,
  newServers,
  readAfterUp,
  replaces,
} from "../../../components/settings/afterUp";

const inWords = (meta: ReturnType<typeof replaces> | ReturnType<typeof fixed>) =>
  describeAfterUp(readAfterUp("group.name", z.string().describe("A name.").meta(meta)));

describe("a setting's effect on a live stack", () => {
  it("is stated beside the setting's description", () => {
    const schema = z.string().default("a").describe("A name.").meta(inPlace());
    expect(schema.meta()).to.include({ description: "A name." });
    expect(readAfterUp("group.name", schema).effect).to.equal("in place");
  });

  it("is refused when it is missing", () => {
    expect(() => readAfterUp("group.name", z.string().describe("A name."))).to.throw(
      "group.name: a setting without its effect on a live stack",
    );
  });

  it("is described in words", () => {
    expect(inWords(inPlace())).to.equal("in place");
    expect(inWords(inPlace({ note: "the database restarts", refused: "a smaller size" }))).to.equal(
      "in place; the database restarts; refused: a smaller size",
    );
    expect(inWords(newServers())).to.equal("all servers are replaced one by one");
    expect(inWords(replaces({ "aws:x:X": "x (nothing is lost)", "aws:y:Y": "y" }))).to.equal(
      "replaces x (nothing is lost) and y",
    );
    expect(inWords(fixed("create a second stack"))).to.equal("refused; instead, create a second stack");
  });
});
