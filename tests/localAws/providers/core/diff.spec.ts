import { expect } from "chai";

import { diff } from "../../../../localAws/providers/aws/core/diff";
import type {
  AnyResourceType,
  Properties,
  PropertyValue,
  Rule,
} from "../../../../localAws/providers/aws/resourceType";
import { unknown } from "../../../../localAws/providers/protocol/special";
import { fakeType, unchangeable } from "./fakeType";

const archive = "0def7320c3a5731c473e5ecbe6d01bc7";
const signature = "4dabf18193072939515e22adb298388d";

function differences(
  type: AnyResourceType,
  old: Properties,
  wanted: Properties,
  ignoreChanges: readonly string[] = [],
) {
  return Object.fromEntries(diff(type, { name: "web", old, new: wanted, ignoreChanges }).differences);
}

interface Case {
  readonly name: string;
  readonly rule: Rule;
  readonly old?: PropertyValue;
  readonly wanted?: PropertyValue;
  readonly differs: boolean;
}

const cases: readonly Case[] = [
  { name: "another value", rule: {}, old: "a", wanted: "b", differs: true },
  { name: "the same value", rule: {}, old: "a", wanted: "a", differs: false },
  { name: "a value that is not known yet", rule: {}, old: "a", wanted: unknown, differs: true },
  {
    name: "a list with an unknown member",
    rule: { set: true },
    old: ["a"],
    wanted: [unknown],
    differs: true,
  },
  { name: "left out, and AWS has one", rule: {}, old: "a", differs: true },
  { name: "left out, and AWS settled it", rule: { computed: true }, old: "a", differs: false },
  { name: "left out, and AWS has the default", rule: { default: 3 }, old: 3, differs: false },
  { name: "left out, and AWS has not the default", rule: { default: 3 }, old: 4, differs: true },
  { name: "false and absent", rule: {}, wanted: false, differs: false },
  { name: "0 and absent", rule: {}, old: 0, differs: false },
  { name: "an empty list and absent", rule: {}, wanted: [], differs: false },
  {
    name: "an empty list, and AWS has members",
    rule: { computed: true },
    old: ["a"],
    wanted: [],
    differs: true,
  },
  { name: "a list in another order", rule: {}, old: ["a", "b"], wanted: ["b", "a"], differs: true },
  {
    name: "a set in another order",
    rule: { set: true },
    old: ["a", "b"],
    wanted: ["b", "a"],
    differs: false,
  },
  {
    name: "a set with one member twice",
    rule: { set: true },
    old: ["a", "b"],
    wanted: ["a", "a"],
    differs: true,
  },
  { name: "another case of a word", rule: {}, old: "TCP", wanted: "tcp", differs: true },
  { name: "a number written as text", rule: {}, old: 80, wanted: "80", differs: true },
  {
    name: "a document with other spaces and order",
    rule: { json: true },
    old: '{"a":1,"b":[2]}',
    wanted: '{ "b": [2], "a": 1 }',
    differs: false,
  },
  { name: "another document", rule: { json: true }, old: '{"a":1}', wanted: '{"a":2}', differs: true },
  { name: "text that is no document", rule: { json: true }, old: "a", wanted: "b", differs: true },
  { name: "a tag without a value", rule: {}, old: {}, wanted: { Owner: "" }, differs: true },
  { name: "a tag more than asked for", rule: {}, old: { a: "1", b: "2" }, wanted: { a: "1" }, differs: true },
  {
    name: "a member that AWS settled",
    rule: { nested: { tokens: {}, hops: { computed: true } } },
    old: { tokens: "required", hops: 1, state: "applied" },
    wanted: { tokens: "required" },
    differs: false,
  },
  {
    name: "a member that is its default",
    rule: { nested: { path: { default: "/" } } },
    old: { path: "/" },
    wanted: {},
    differs: false,
  },
  {
    name: "a set of blocks in another order",
    rule: { set: true, nested: { port: {}, note: { computed: true } } },
    old: [
      { port: 1, note: "x" },
      { port: 2, note: "y" },
    ],
    wanted: [{ port: 2 }, { port: 1 }],
    differs: false,
  },
  {
    name: "an archive of the same contents from elsewhere",
    rule: {},
    old: { [signature]: archive, hash: "h", path: "/one" },
    wanted: { [signature]: archive, hash: "h", path: "/two" },
    differs: false,
  },
  {
    name: "an archive of other contents",
    rule: {},
    old: { [signature]: archive, hash: "h", path: "/one" },
    wanted: { [signature]: archive, hash: "i", path: "/one" },
    differs: true,
  },
];

describe("diff", () => {
  for (const { name, rule, old, wanted, differs } of cases) {
    it(`${differs ? "reports" : "does not report"} ${name}`, () => {
      const found = differences(
        fakeType({ it: rule }),
        old === undefined ? {} : { it: old },
        wanted === undefined ? {} : { it: wanted },
      );
      expect(Object.keys(found)).to.deep.equal(differs ? ["it"] : []);
    });
  }

  it("reports additions, changes, removals and replacements", () => {
    const type = fakeType({ a: {}, b: { replace: true }, c: {} });
    expect(differences(type, { b: 1, c: 1 }, { a: 1, b: 2 })).to.deep.equal({
      a: { kind: "add", replace: false },
      b: { kind: "update", replace: true },
      c: { kind: "delete", replace: false },
    });
  });

  it("replaces a resource whose type cannot change, but not for properties that only control the provider", () => {
    const type = unchangeable({ a: {}, force: { notReadable: true } });
    expect(differences(type, { a: 1, force: false }, { a: 2, force: true })).to.deep.equal({
      a: { kind: "update", replace: true },
      force: { kind: "update", replace: false },
    });
  });

  it("replaces a resource if the program requests it", () => {
    const type = fakeType({
      data: { replaceWhen: "replaceOnChange" },
      replaceOnChange: { notReadable: true },
    });
    const old = { data: "a", replaceOnChange: true };
    expect(differences(type, old, { data: "b", replaceOnChange: true })["data"]?.replace).to.equal(true);
    expect(differences(type, old, { data: "b" })["data"]?.replace).to.equal(false);
  });

  describe("applies ignoreChanges to", () => {
    const type = fakeType({ size: {}, tags: {}, list: {} });
    const old = { size: 3, tags: { Owner: "drifted", Name: "a" }, list: [{ port: 1 }, { port: 2 }] };
    const wanted = { size: 1, tags: { Owner: "mine", Name: "a" }, list: [{ port: 9 }, { port: 2 }] };

    for (const [paths, left] of [
      [["size"], ["tags", "list"]],
      [["size", "tags.Owner"], ["list"]],
      [["size", 'tags["Owner"]'], ["list"]],
      [["size", "tags", "list[0].port"], []],
      [["list[*].port", "tags", "size"], []],
      [["tags.Name"], ["size", "tags", "list"]],
    ] as const) {
      it(paths.join(", "), () => {
        expect(Object.keys(differences(type, old, wanted, paths))).to.deep.equal(left);
      });
    }

    it("a property that the program omits", () => {
      expect(differences(type, old, {}, ["size", "tags", "list"])).to.deep.equal({});
    });
  });

  describe("deletes before it replaces", () => {
    const type = fakeType({ name: { replace: true, autoName: { maxLength: 32 } }, port: { replace: true } });
    const first = (old: string, wanted: string) =>
      diff(type, {
        name: "web",
        old: { name: old, port: 1 },
        new: { name: wanted, port: 2 },
        ignoreChanges: [],
      }).deleteBeforeReplace;

    it("if the program sets the name, the same or another, as the official provider does", () => {
      expect(first("wordpress-servers", "wordpress-servers")).to.equal(true);
      expect(first("servers", "machines")).to.equal(true);
    });

    it("not if the name is generated", () => {
      expect(first("web-0a1b2c3", "web-0a1b2c3")).to.equal(false);
      expect(first("servers", "web-0a1b2c3")).to.equal(false);
    });
  });
});
