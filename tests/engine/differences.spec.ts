import { expect } from "chai";

import { differenceText } from "../../engine/differenceText";
import { differencesOf } from "../../engine/differences";

const special = "4dabf18193072939515e22adb298388d";
const secret = { [special]: "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };

function linesOf(
  old: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  properties: readonly string[] = [],
): readonly string[] {
  return differencesOf({ old: { inputs: old }, new: { inputs: now }, properties }).map(differenceText);
}

describe("the differences of a resource", () => {
  it("are shown as old and new values, by property path", () => {
    expect(
      linesOf(
        { size: 1, rule: { port: 80, from: [{ cidr: "a" }] }, tags: { "a.b": "x", Name: "n" } },
        { size: 2, rule: { port: 80, from: [{ cidr: "b" }] }, tags: { "a.b": "y", Team: "t" } },
      ),
    ).to.deep.equal([
      "~ size: 1 => 2",
      '~ rule.from[0].cidr: "a" => "b"',
      '~ tags["a.b"]: "x" => "y"',
      '- tags.Name: "n"',
      '+ tags.Team: "t"',
    ]);
  });

  it("are those of the properties that the engine found different", () => {
    expect(linesOf({ a: 1, b: 1, c: { d: 1 } }, { a: 2, b: 2, c: { d: 2 } }, ["a", "c.d"])).to.deep.equal([
      "~ a: 1 => 2",
      "~ c.d: 1 => 2",
    ]);
    expect(linesOf({ x: [{ "a.b": 1 }] }, { x: [{ "a.b": 2 }] }, ['x[0]["a.b"]'])).to.deep.equal([
      '~ x[0]["a.b"]: 1 => 2',
    ]);
  });

  it("do not show an element of a list that only moved", () => {
    expect(linesOf({ zones: ["a", "b"] }, { zones: ["c", "a", "b"] })).to.deep.equal(['+ zones[0]: "c"']);
    expect(linesOf({ zones: ["a", "b", "b"] }, { zones: ["b"] })).to.deep.equal([
      '- zones[0]: "a"',
      '- zones[2]: "b"',
    ]);
  });

  it("never show a secret or a part of it", () => {
    const lines = linesOf(
      { password: secret, nested: { token: secret }, plain: "[secret]" },
      { password: "open", nested: { token: { ...secret, value: "other" } }, plain: "[secret]" },
      ["password", "nested", "plain"],
    );
    expect(lines).to.deep.equal(['~ password: [secret] => "open"', "~ plain: [secret] => [secret]"]);
    expect(lines.join()).not.to.include("hunter2");
  });

  it("mark values that only the update will know", () => {
    expect(linesOf({ version: "1" }, { version: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })).to.deep.equal([
      '~ version: "1" => [not known yet]',
    ]);
  });

  it("show a file by its hash", () => {
    const file = (hash: string) => ({ [special]: "c44067f5952c0a294b673a41bacd8c17", hash, path: "x" });
    expect(linesOf({ code: file("1".repeat(64)) }, { code: file("2".repeat(64)) })).to.deep.equal([
      "~ code: [file 111111111111] => [file 222222222222]",
    ]);
  });

  it("are found in the resource's outputs when the program's inputs are equal", () => {
    const drift = differencesOf({
      old: { inputs: { size: 1 }, outputs: { size: 3 } },
      new: { inputs: { size: 1 } },
      properties: ["size"],
    });
    expect(drift).to.deep.equal([{ property: "size", old: 3, new: 1 }]);
    const refreshed = differencesOf({
      old: { inputs: {}, outputs: { size: 1 } },
      new: { inputs: {}, outputs: { size: 3 } },
      properties: ["size"],
    });
    expect(refreshed).to.deep.equal([{ property: "size", old: 1, new: 3 }]);
  });

  it("omit inputs that the provider derives by itself", () => {
    expect(linesOf({ tagsAll: { a: 1 } }, { tagsAll: { a: 2 } })).to.deep.equal([]);
  });

  it("are shortened around the first character that differs", () => {
    const [line = ""] = linesOf({ text: `${"a".repeat(500)}b` }, { text: `${"a".repeat(500)}c` });
    expect(line.length).to.be.below(160);
    expect(line).to.include("ab").and.to.include("ac");
    expect(linesOf({}, { text: "x".repeat(500) })[0]).to.match(/^\+ text: "x{59}…$/);
  });
});
