import { expect } from "chai";

import { check } from "../../../../localAws/providers/aws/core/check";
import type { AnyResourceType, Properties } from "../../../../localAws/providers/aws/resourceType";
import { unknown } from "../../../../localAws/providers/protocol/special";
import { fakeType } from "./fakeType";

const randomSeed = new Uint8Array([1, 2, 3]);

function checked(type: AnyResourceType, inputs: Properties, old: Properties = {}, name = "web") {
  return check(type, { name, inputs, old, randomSeed });
}

describe("check", () => {
  it("reports every unknown, nested and missing property at once", () => {
    const type = fakeType({
      size: { required: true },
      options: { nested: { tokens: { required: true }, hops: {} } },
      rules: { nested: { port: {} } },
      tags: {},
    });
    const { failures } = checked(type, {
      colour: "red",
      options: { token: "x" },
      rules: [{ port: 1 }, { prot: 2 }],
      tags: { anything: "goes" },
    });
    expect(failures).to.deep.equal([
      {
        property: "colour",
        reason:
          "aws:fake/thing:Thing does not support colour here; the local provider supports options, rules, size, tags",
      },
      {
        property: "options.token",
        reason:
          "aws:fake/thing:Thing does not support options.token here; the local provider supports hops, tokens",
      },
      { property: "options.tokens", reason: "aws:fake/thing:Thing requires options.tokens" },
      {
        property: "rules[1].prot",
        reason: "aws:fake/thing:Thing does not support rules[1].prot here; the local provider supports port",
      },
      { property: "size", reason: "aws:fake/thing:Thing requires size" },
    ]);
  });

  it("adds defaults, also in nested blocks, and treats null as omitted", () => {
    const type = fakeType({
      enabled: { default: true },
      health: { nested: { path: { default: "/" }, port: {} } },
      size: {},
    });
    expect(checked(type, { health: { port: 80 }, size: null }).inputs).to.deep.equal({
      enabled: true,
      health: { path: "/", port: 80 },
    });
    expect(checked(type, { enabled: false }).inputs).to.deep.equal({ enabled: false });
  });

  it("treats null as missing", () => {
    expect(checked(fakeType({ size: { required: true } }), { size: null }).failures).to.have.length(1);
  });

  describe("generates a name", () => {
    const type = fakeType({ name: { replace: true, autoName: { maxLength: 11 } } });

    it("from the resource's name and a suffix, the same for the same seed", () => {
      const { name } = checked(type, {}).inputs;
      expect(name).to.match(/^web-[0-9a-f]{7}$/);
      expect(checked(type, {}).inputs["name"]).to.equal(name);
      const other = check(type, { name: "web", inputs: {}, old: {}, randomSeed: new Uint8Array([9]) });
      expect(other.inputs["name"]).not.to.equal(name);
    });

    it("only once for the same resource", () => {
      expect(checked(type, {}, { name: "web-0000000" }).inputs["name"]).to.equal("web-0000000");
    });

    it("when the program no longer sets a name, as the official provider does", () => {
      expect(checked(type, {}, { name: "mine" }).inputs["name"]).to.match(/^web-[0-9a-f]{7}$/);
    });

    it("unless the program sets it", () => {
      expect(checked(type, { name: "mine" }, { name: "web-0000000" }).inputs["name"]).to.equal("mine");
    });

    it("in lower case if AWS requires it", () => {
      const lower = fakeType({ name: { autoName: { maxLength: 63, lowerCase: true } } });
      expect(checked(lower, {}, {}, "WordPress").inputs["name"]).to.match(/^wordpress-/);
    });

    it("within AWS's length limit", () => {
      const { inputs, failures } = checked(type, {}, {}, "longer");
      expect(inputs).to.deep.equal({});
      expect(failures.map(({ property }) => property)).to.deep.equal(["name"]);
      expect(failures[0]?.reason).to.include("11 characters");
    });
  });

  describe("runs the type's own check", () => {
    const type = fakeType(
      { min: {}, max: {} },
      {
        check: ({ min, max }) =>
          typeof min === "number" && typeof max === "number" && min > max
            ? [{ property: "min", reason: "more than max" }]
            : [],
      },
    );

    it("if all values are known", () => {
      expect(checked(type, { min: 2, max: 1 }).failures).to.deep.equal([
        { property: "min", reason: "more than max" },
      ]);
      expect(checked(type, { min: 1, max: 1 }).failures).to.deep.equal([]);
    });

    it("not while a value is unknown", () => {
      const never = fakeType(
        { list: {} },
        {
          check: () => {
            throw new Error("called with an unknown value");
          },
        },
      );
      expect(checked(never, { list: [{ id: unknown }] }).failures).to.deep.equal([]);
    });
  });
});
