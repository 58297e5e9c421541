import { expect } from "chai";

import {
  asMade,
  asProgrammed,
  noProviderTags,
  readProviderTags,
  withTagsAll,
} from "../../../../localAws/providers/aws/core/providerTags";
import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { unknown } from "../../../../localAws/providers/protocol/special";
import { fakeType } from "./fakeType";

const type = fakeType({ size: {}, tags: {} });
/** In the format of an Auto Scaling group. */
const listed = fakeType({ tags: { set: true, nested: { key: {}, value: {} } } });
const untagged = fakeType({ size: {} });
const config = (values: object) =>
  new Map(Object.entries(values).map(([name, value]) => [`aws:config:${name}`, JSON.stringify(value)]));
const provider = readProviderTags(
  config({
    defaultTags: { tags: { Owner: "me", Team: "a" } },
    ignoreTags: { keys: ["Billing"], keyPrefixes: ["kubernetes.io/"] },
  }),
);

describe("the tags of the provider's configuration", () => {
  it("are overridden by the resource's own in tagsAll, and do not change tags", () => {
    expect(withTagsAll(type, { tags: { Name: "x", Team: "b" } }, provider)).to.deep.equal({
      tags: { Name: "x", Team: "b" },
      tagsAll: { Name: "x", Owner: "me", Team: "b" },
    });
    expect(withTagsAll(type, { size: 1 }, provider)).to.deep.equal({
      size: 1,
      tagsAll: { Owner: "me", Team: "a" },
    });
    expect(withTagsAll(type, { tags: { Name: unknown } }, provider)["tagsAll"]).to.equal(unknown);
    expect(withTagsAll(type, {}, noProviderTags)).to.deep.equal({ tagsAll: {} });
  });

  it("do not apply to tags that are a list, and to types without tags", () => {
    const group = { tags: [{ key: "Name", value: "x" }] };
    expect(withTagsAll(listed, group, provider)).to.deep.equal(group);
    expect(asProgrammed(listed, group, group.tags, provider)).to.deep.equal(group);
    expect(withTagsAll(untagged, { size: 1 }, provider)).to.deep.equal({ size: 1 });
  });

  it("do not change ignored tags", () => {
    expect(
      withTagsAll(type, { tags: { Billing: "x", "kubernetes.io/role": "y" } }, provider),
    ).to.deep.include({
      tagsAll: { Owner: "me", Team: "a" },
    });
    const found = { tags: { Owner: "me", Billing: "someone's", "kubernetes.io/role": "elb" } };
    expect(asProgrammed(type, found, undefined, provider)).to.deep.equal({ tagsAll: { Owner: "me" } });
  });

  it("are sent to AWS together with the resource's own", () => {
    const made = (properties: Properties) => asMade(type, properties, provider);
    expect(made({ tags: { Name: "x" }, tagsAll: { Name: "x", Owner: "me" } })).to.deep.equal({
      tags: { Name: "x", Owner: "me" },
    });
    expect(made({ size: 1, tagsAll: {} })).to.deep.equal({ size: 1 });
    expect(made({ tags: { Name: "x" } })).to.deep.equal({ tags: { Name: "x" } });
    expect(made({ tags: { Name: unknown }, tagsAll: unknown })).to.deep.equal({ tags: unknown });
  });

  it("are sent with tags that a policy added after the merge", () => {
    const fixed = { tags: { Name: "x", Stack: "dev", Billing: "y" }, tagsAll: { Name: "x", Owner: "me" } };
    expect(asMade(type, fixed, provider)["tags"]).to.deep.equal({ Name: "x", Owner: "me", Stack: "dev" });
  });

  it("are no tags of the resource, unless the program sets them, too, or AWS has another value", () => {
    const all = { Name: "x", Owner: "me", Team: "a" };
    expect(asProgrammed(type, { tags: all }, { Name: "x" }, provider)).to.deep.equal({
      tags: { Name: "x" },
      tagsAll: all,
    });
    expect(asProgrammed(type, { tags: all }, { Name: "x", Owner: "me" }, provider)["tags"]).to.deep.equal({
      Name: "x",
      Owner: "me",
    });
    const changed = { ...all, Team: "someone's", Extra: "y" };
    expect(asProgrammed(type, { tags: changed }, { Name: "x" }, provider)["tags"]).to.deep.equal({
      Name: "x",
      Team: "someone's",
      Extra: "y",
    });
  });

  it("are accepted as numbers and booleans, as Pulumi's CLI writes them", () => {
    const written = config({ defaultTags: { tags: { Cost: 42, Spot: true } } });
    expect(readProviderTags(written).defaults).to.deep.equal({ Cost: "42", Spot: "true" });
  });

  for (const [what, value] of [
    ["no JSON", "Owner=me"],
    ["a tag that is no text", '{ "tags": { "Owner": ["me"] } }'],
  ] as const) {
    it(`are refused: ${what}`, () => {
      expect(() => readProviderTags(new Map([["aws:config:defaultTags", value]]))).to.throw(value);
    });
  }
});
