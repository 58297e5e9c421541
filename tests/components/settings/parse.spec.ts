import { expect } from "chai";
import { z } from "zod";

import { parseArgs, parseSettings, problemsIn } from "../../../components/settings/parse";
import { InvalidSettingsError } from "../../../components/settings/problem";

const schema = z.strictObject({
  size: z.int({ error: "a whole number" }).default(1),
  nested: z.strictObject({ on: z.boolean({ error: "true or false" }) }).optional(),
});

function errorOf(action: () => unknown): InvalidSettingsError {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("parseSettings", () => {
  it("fills in defaults", () => {
    expect(parseSettings("stack", schema, {})).to.deep.equal({ size: 1 });
  });

  it("lists every wrong setting with its path, its value and what is allowed", () => {
    const { message } = errorOf(() =>
      parseSettings("stack", schema, { size: 1.5, nested: { on: 1 }, typo: 2 }),
    );
    expect(message.split("\n")).to.have.members([
      "stack: 3 settings are wrong; nothing was changed.",
      "  size: 1.5 - allowed: a whole number",
      "  nested.on: 1 - allowed: true or false",
      "  typo: 2 - allowed: no such setting; one of size, nested",
    ]);
  });

  for (const [given, hint] of [
    [{ siz: 1 }, "did you mean size?"],
    [{ nested: { on: true, "o-n": 1 } }, "did you mean on?"],
    [{ nested: { on: true, size: 1 } }, "did you mean size?"],
    [{ nested: { on: true, other: 1 } }, "one of on"],
  ] as const) {
    it(`answers ${JSON.stringify(given)} with ${hint}`, () => {
      expect(errorOf(() => parseSettings("stack", schema, given)).message).to.include(
        `no such setting; ${hint}`,
      );
    });
  }

  for (const given of [{ size: "2" }, { nested: { on: "true" } }]) {
    it(`asks for ${JSON.stringify(given)} without quotes`, () => {
      expect(errorOf(() => parseSettings("stack", schema, given)).message).to.match(/, without quotes$/);
    });
  }

  it("shows the start of a long value", () => {
    const { message } = errorOf(() => parseSettings("stack", schema, { size: "x".repeat(1_000) }));
    expect(message.length).to.be.lessThan(300);
    expect(message).to.include("xxx…");
  });

  it("reports a missing setting", () => {
    expect(errorOf(() => parseSettings("stack", schema, { nested: {} })).message).to.include(
      "nested.on: missing",
    );
  });
});

describe("problemsIn", () => {
  it("lists no problem of a valid value", () => {
    expect(problemsIn(schema, { size: 3 })).to.deep.equal([]);
  });

  it("lists one problem for several failed checks with the same message", () => {
    const allowed = "two different words";
    const words = z
      .array(z.string(), { error: allowed })
      .length(2, { error: allowed })
      .refine((each) => new Set(each).size === each.length, { error: allowed });
    expect(problemsIn(z.object({ words, more: words }), { words: "word", more: ["a", "a"] })).to.deep.equal([
      { path: "words", value: "word", allowed },
      { path: "more", value: ["a", "a"], allowed },
    ]);
  });

  it("starts each path with the given one", () => {
    expect(problemsIn(schema, { size: "3" }, "fleet").map(({ path }) => path)).to.deep.equal(["fleet.size"]);
  });
});

describe("parseArgs", () => {
  it("ignores arguments that the schema does not have", () => {
    expect(parseArgs("Thing", "site", schema, { size: 2, vpcId: "vpc-1" })).to.deep.equal({ size: 2 });
  });

  for (const name of ["", "Site", "1site", "site_a", "a-name-of-21-letters-"]) {
    it(`refuses the component's name ${JSON.stringify(name)}`, () => {
      const { subject, problems } = errorOf(() => parseArgs("Thing", name, schema, {}));
      expect(subject).to.equal(`Thing "${name}"`);
      expect(problems.map(({ path, value }) => [path, value])).to.deep.equal([["name", name]]);
    });
  }

  it("lists a wrong name together with wrong arguments", () => {
    const { problems } = errorOf(() => parseArgs("Thing", "Site", schema, { size: "big" }));
    expect(problems.map(({ path }) => path)).to.deep.equal(["name", "size"]);
  });
});
