import { expect } from "chai";

import { packs } from "../../../policies/packs";
import { remediateOn, on, resourceRule, type Judgement, type Remedy } from "../../../policies/support/rule";
import { isTaggableType } from "../../../policies/support/taggable";
import { fixture } from "./fixture";
import { judge, mend, notApplicable, passed } from "./judge";

const text = {
  name: "a-rule",
  displayName: "A rule",
  description: "Something holds.",
  why: "It helps.",
  severity: "low",
  fix: "Mend it.",
  url: "https://example.com",
  counterparts: { fsbp: [], checkov: [], cdkNag: [] },
  settings: {},
} as const;
const bad = [{ at: "name", value: 1, allowed: "2" }];
const onVolume = on("aws:ebs/volume:Volume", () => bad);
const onQueue = on("aws:sqs/queue:Queue", () => bad);
const onAny: Judgement<object> = { appliesTo: () => true, judge: () => bad };
const volume = fixture("aws:ebs/volume:Volume", "disk", {});
const queue = fixture("aws:sqs/queue:Queue", "failed", {});
const ruleOf = (judgements: readonly Judgement<object>[], remedies: readonly Remedy[] = []) =>
  resourceRule(text, judgements, remedies);

/** The one type that the SDK asks a rule about. */
function onlyType(judgements: readonly Judgement<object>[]): unknown {
  const { validateResource } = ruleOf(judgements);
  return typeof validateResource === "function" ? Reflect.get(validateResource, "__pulumiType") : "a list";
}

describe("a rule about resources", () => {
  it("is asked about no other type where it judges only one", () => {
    expect(onlyType([onVolume])).to.equal("aws:ebs/volume:Volume");
    expect(onlyType([onVolume, onVolume])).to.equal("aws:ebs/volume:Volume");
  });

  it("is asked about every type where it judges several, or any", () => {
    expect(onlyType([onVolume, onQueue])).to.equal(undefined);
    expect(onlyType([onAny])).to.equal(undefined);
    expect(onlyType([onVolume, onAny])).to.equal(undefined);
    expect(onlyType([onAny, onVolume])).to.equal(undefined);
  });

  it("does not apply to a type that it does not judge", async () => {
    expect(await judge(ruleOf([onVolume]), queue)).to.deep.equal(notApplicable);
    expect((await judge(ruleOf([onVolume, onQueue]), queue)).violations).to.have.length(1);
    expect(await judge(ruleOf([on("aws:sqs/queue:Queue", () => [])]), queue)).to.deep.equal(passed);
  });

  it("leaves errors their traces, though it says without one that it does not apply", async () => {
    const before = Error.stackTraceLimit;
    await judge(ruleOf([onVolume]), queue);
    expect(Error.stackTraceLimit).to.equal(before).and.to.be.greaterThan(0);
  });

  it("fails where a judgement fails, rather than pass", async () => {
    const failing = on("aws:sqs/queue:Queue", () => {
      throw new TypeError("a mistake of ours");
    });
    const error: unknown = await judge(ruleOf([failing]), queue).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(TypeError);
  });

  it("mends what it refuses, and nothing of a type that it has no remedy for", async () => {
    const remedy = remediateOn("aws:ebs/volume:Volume", () => ({ encrypted: true }));
    expect(await mend(ruleOf([onVolume, onQueue], [remedy]), volume)).to.have.property("encrypted");
    expect(await mend(ruleOf([onVolume, onQueue], [remedy]), queue)).to.equal(undefined);
    const good = on("aws:ebs/volume:Volume", () => []);
    expect(await mend(ruleOf([good], [remedy]), volume)).to.equal(undefined);
    const none = remediateOn("aws:ebs/volume:Volume", () => undefined);
    expect(await mend(ruleOf([onVolume], [none]), volume)).to.equal(undefined);
  });

  it("is one of the packs' for each of its names, and of none twice", () => {
    const names = packs.flatMap(({ name: pack, rules }) => rules.map(({ name }) => `${pack}/${name}`));
    expect(new Set(names).size).to.equal(names.length);
  });
});

describe("what can have tags", () => {
  it("is a resource, not a name that happens to be there", () => {
    for (const type of ["aws:sns/topic:Topic", "aws:ec2/vpc:Vpc", "golden-image:index:GoldenImage"]) {
      expect(isTaggableType(type), type).to.equal(true);
    }
    for (const type of ["", "toString", "aws:ec2/route:Route", "aws:autoscaling/group:Group"]) {
      expect(isTaggableType(type), type).to.equal(false);
    }
  });
});
