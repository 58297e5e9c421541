import { expect } from "chai";

import { requiredTags } from "../../../policies/guardrails/rules/requiredTags";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture, fixture, spoil } from "../support/fixture";
import { judge, remediate, notApplicable } from "../support/judge";

const tags = { Project: "wordpress", Stack: "test", ManagedBy: "pulumi" };
const topic = fixture("aws:sns/topic:Topic", "notifications", { tags });
const group = fixture("aws:autoscaling/group:Group", "fleet", {
  tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
});
const template = fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", {
  tags,
  tagSpecifications: [
    { resourceType: "volume", tags },
    { resourceType: "instance", tags },
  ],
});
const lambda = fixture("aws:lambda/function:Function", "launcher", { tags });

describe("required-tags", () => {
  itPasses(requiredTags, "what has them all", topic, group, template, lambda);
  for (const name of ["Project", "Stack", "ManagedBy"]) {
    for (const value of ["", undefined]) {
      const others = Object.fromEntries(Object.entries(tags).filter(([key]) => key !== name));
      const missing = value === undefined ? others : { ...others, [name]: value };
      const expected = { at: `tags.${name}`, value, allowed: "a text that is not empty" };
      const what = `${name} ${value === undefined ? "missing" : "empty"}`;
      itRefuses(requiredTags, what, { ...topic, props: { tags: missing } }, expected);
      const list = Object.entries(missing).map(([key, text]) => ({
        key,
        value: text,
        propagateAtLaunch: true,
      }));
      itRefuses(requiredTags, `${what} on a group`, { ...group, props: { tags: list } }, expected);
    }
  }

  // As the official provider registers the tags of a stack's aws:defaultTags.
  const withDefaults = (tagsAll: object) => ({
    ...topic,
    props: { tags: { Project: "wordpress" }, tagsAll },
  });
  itPasses(requiredTags, "what has them from the provider's default tags", withDefaults(tags));
  itRefuses(
    requiredTags,
    "what has neither from its own tags nor from the provider's",
    withDefaults({ Project: "wordpress", Stack: "test" }),
    { at: "tags.ManagedBy", value: undefined, allowed: "a text that is not empty" },
  );
  itRefuses(
    requiredTags,
    "a template's instances, which default tags do not reach",
    {
      ...template,
      props: { ...template.props, tagsAll: tags, tagSpecifications: [{ resourceType: "volume", tags }] },
    },
    { at: "tagSpecifications[instance].tags.Stack", value: undefined, allowed: "a text that is not empty" },
    { tags: ["Stack"] },
  );

  it("reports every missing tag", async () => {
    const untagged = spoil(topic, { tags: undefined });
    expect((await judge(requiredTags, untagged)).violations).to.have.length(3);
  });

  const launched = [
    [[{ resourceType: "instance", tags }], "tagSpecifications[volume].tags.Stack"],
    [[{ resourceType: "volume", tags }], "tagSpecifications[instance].tags.Stack"],
    [[{ resourceType: "volume", tags }, { resourceType: "instance" }], "tagSpecifications[1].tags.Stack"],
  ] as const;
  for (const [tagSpecifications, at] of launched) {
    itRefuses(
      requiredTags,
      `a template that tags ${tagSpecifications.map(({ resourceType }) => resourceType).join()} only`,
      spoil(template, { tagSpecifications: [...tagSpecifications] }),
      { at, value: undefined, allowed: "a text that is not empty" },
      { tags: ["Stack"] },
    );
  }

  it("does not apply to types without tags", async () => {
    expect(await judge(requiredTags, anyFixture("aws:ec2/route:Route", "out"))).to.deep.equal(notApplicable);
  });

  it("adds the tags from the URN and keeps those that are set", async () => {
    const remediated = await remediate(
      requiredTags,
      spoil(topic, { tags: { Name: "mine", ManagedBy: "me" } }),
    );
    expect(remediated).to.deep.equal({
      tags: { Project: "wordpress", Stack: "test", ManagedBy: "me", Name: "mine" },
    });
  });

  it("adds only required tags whose values it knows, and replaces empty ones", async () => {
    const untagged = spoil(topic, { tags: { Stack: "" } });
    expect(await remediate(requiredTags, untagged, { tags: ["Stack", "CostCenter"] })).to.deep.equal({
      tags: { Stack: "test" },
    });
    const tagged = spoil(topic, { tags: { Stack: "mine" } });
    expect(await remediate(requiredTags, tagged, { tags: ["Stack", "CostCenter"] })).to.equal(undefined);
    expect(await remediate(requiredTags, untagged, { tags: ["CostCenter"] })).to.equal(undefined);
  });

  it("changes nothing if every tag is set", async () => {
    expect(await remediate(requiredTags, topic)).to.equal(undefined);
  });

  it("does not remediate functions, whose code would be lost", async () => {
    expect(await remediate(requiredTags, spoil(lambda, { tags: {} }))).to.equal(undefined);
  });

  it("reports every missing tag of groups and templates without any", async () => {
    expect((await judge(requiredTags, spoil(group, { tags: undefined }))).violations).to.have.length(3);
    expect(
      (await judge(requiredTags, spoil(template, { tagSpecifications: undefined }))).violations,
    ).to.have.length(6);
  });

  it("adds the project from the URN", async () => {
    const untagged = { ...spoil(topic, { tags: {} }), urn: "urn:pulumi:blue::shop::aws:sns/topic:Topic::t" };
    expect(await remediate(requiredTags, untagged)).to.deep.equal({
      tags: { Project: "shop", Stack: "blue", ManagedBy: "pulumi" },
    });
  });

  for (const tagsAll of [null, "Stack", { Stack: 7 }]) {
    itRefuses(
      requiredTags,
      `what has tagsAll ${JSON.stringify(tagsAll)}`,
      anyFixture("aws:sns/topic:Topic", "notifications", { tags: {}, tagsAll }),
      { at: "tags.Stack", value: undefined, allowed: "a text that is not empty" },
      { tags: ["Stack"] },
    );
  }
});
