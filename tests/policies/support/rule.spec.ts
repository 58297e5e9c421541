import { expect } from "chai";

import { packs } from "../../../policies/packs";
import {
  on,
  remediateOn,
  resourceRule,
  stackRule,
  type Judgement,
  type Remediation,
} from "../../../policies/support/rule";
import { wholeNumber } from "../../../policies/support/settings";
import { isTaggableType } from "../../../policies/support/taggable";
import { fixture } from "./fixture";
import { judge, judgeStack, notApplicable, passed, remediate } from "./judge";

const text = {
  name: "a-rule",
  displayName: "A rule",
  description: "A requirement.",
  why: "A reason.",
  severity: "low",
  topics: [],
  fix: "Fix it.",
  url: "https://example.com",
  counterparts: { fsbp: [], checkov: [], cdkNag: [] },
  settings: {},
} as const;
const settings = { most: wholeNumber({ default: 5, minimum: 1, maximum: 9, description: "The most" }) };
const problem = "a-rule.most: 10 - allowed: a whole number from 1 to 9";
const finding = { at: "name", value: 1, allowed: "2" };
const bad = [finding];
const onVolume = on("aws:ebs/volume:Volume", () => bad);
const onQueue = on("aws:sqs/queue:Queue", () => bad);
const onAny: Judgement<object> = { appliesTo: () => true, judge: () => bad };
const volume = fixture("aws:ebs/volume:Volume", "disk", {});
const queue = fixture("aws:sqs/queue:Queue", "failed", {});
/** The first resource that the engine shows a pack. */
const root = {
  type: "pulumi:pulumi:Stack",
  name: "wordpress-dev",
  urn: "urn:pulumi:dev::wordpress::pulumi:pulumi:Stack::wordpress-dev",
  props: {},
};
const ruleOf = (judgements: readonly Judgement<object>[], remediations: readonly Remediation[] = []) =>
  resourceRule(text, judgements, remediations);

/** The only type for which the SDK calls a validation. */
function onlyType(validation: unknown): unknown {
  return typeof validation === "function" ? Reflect.get(validation, "__pulumiType") : "not one function";
}

describe("a rule about resources", () => {
  it("is called for one type only if it judges only one", () => {
    expect(onlyType(ruleOf([onVolume]).validateResource)).to.equal("aws:ebs/volume:Volume");
    expect(onlyType(ruleOf([onVolume, onVolume]).validateResource)).to.equal("aws:ebs/volume:Volume");
  });

  it("is called for every type if it judges several, or any", () => {
    for (const judgements of [[onVolume, onQueue], [onAny], [onVolume, onAny], [onAny, onVolume]]) {
      expect(onlyType(ruleOf(judgements).validateResource)).to.equal(undefined);
    }
  });

  it("does not apply to a type that it does not judge", async () => {
    expect(await judge(ruleOf([onVolume]), queue)).to.deep.equal(notApplicable);
    expect((await judge(ruleOf([onVolume, onQueue]), queue)).violations).to.have.length(1);
    expect(await judge(ruleOf([on("aws:sqs/queue:Queue", () => [])]), queue)).to.deep.equal(passed);
  });

  it("keeps the stack traces of other errors when it reports that it does not apply", async () => {
    const before = Error.stackTraceLimit;
    await judge(ruleOf([onVolume]), queue);
    expect(Error.stackTraceLimit).to.equal(before).and.to.be.greaterThan(0);
  });

  it("fails, and does not pass, when a judgement throws", async () => {
    const failing = on("aws:sqs/queue:Queue", () => {
      throw new TypeError("a mistake in the rule");
    });
    const error: unknown = await judge(ruleOf([failing]), queue).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(TypeError);
  });

  it("remediates only violations, and only types that it has a remediation for", async () => {
    const remediation = remediateOn("aws:ebs/volume:Volume", () => ({ encrypted: true }));
    expect(await remediate(ruleOf([onVolume, onQueue], [remediation]), volume)).to.have.property("encrypted");
    expect(await remediate(ruleOf([onVolume, onQueue], [remediation]), queue)).to.equal(undefined);
    const good = on("aws:ebs/volume:Volume", () => []);
    expect(await remediate(ruleOf([good], [remediation]), volume)).to.equal(undefined);
    const none = remediateOn("aws:ebs/volume:Volume", () => undefined);
    expect(await remediate(ruleOf([onVolume], [none]), volume)).to.equal(undefined);
  });

  it("reports a wrong threshold at the root resource, though no resource of its type follows", async () => {
    const rule = resourceRule({ ...text, settings }, [onVolume]);
    expect(onlyType(rule.validateResource)).to.equal(undefined);
    expect((await judge(rule, root, { most: 10 })).violations).to.deep.equal([problem]);
    expect(await judge(rule, root, { most: 9 })).to.deep.equal(notApplicable);
  });

  it("reports a wrong threshold, and does not judge by it, at the resources that it applies to", async () => {
    const rule = resourceRule({ ...text, settings }, [onVolume]);
    expect((await judge(rule, volume, { most: 10 })).violations).to.deep.equal([problem]);
    expect(await judge(rule, queue, { most: 10 })).to.deep.equal(notApplicable);
  });

  it("remediates nothing by a wrong threshold", async () => {
    const remediation = remediateOn("aws:ebs/volume:Volume", () => ({ encrypted: true }));
    const rule = resourceRule({ ...text, settings }, [onVolume], [remediation]);
    expect(await remediate(rule, volume, { most: 9 })).to.have.property("encrypted");
    expect(await remediate(rule, volume, { most: 10 })).to.equal(undefined);
  });
});

describe("a rule about a stack", () => {
  const rule = stackRule({ ...text, settings }, () => [{ ...finding, resource: undefined }]);

  it("reports a wrong threshold at the root resource, before anything is created", async () => {
    expect(onlyType(rule.validateResource)).to.equal(root.type);
    expect((await judge(rule, root, { most: 10 })).violations).to.deep.equal([problem]);
    expect(await judge(rule, root, { most: 9 })).to.deep.equal(passed);
  });

  it("reports a wrong threshold, and does not judge by it, at the end", async () => {
    expect((await judgeStack(rule, [], { most: 10 })).violations).to.deep.equal([problem]);
    expect((await judgeStack(rule, [], { most: 9 })).violations).to.have.length(1);
  });

  it("is called for no resource if it has no thresholds", () => {
    expect(stackRule(text, () => [])).not.to.have.property("validateResource");
  });
});

describe("the packs", () => {
  it("have no two rules of one name", () => {
    const names = packs.flatMap(({ name: pack, rules }) => rules.map(({ name }) => `${pack}/${name}`));
    expect(new Set(names).size).to.equal(names.length);
  });
});

describe("the list of taggable types", () => {
  it("has resource types only, not the names that every object has", () => {
    for (const type of ["aws:sns/topic:Topic", "aws:ec2/vpc:Vpc", "golden-image:index:GoldenImage"]) {
      expect(isTaggableType(type), type).to.equal(true);
    }
    for (const type of ["", "toString", "aws:ec2/route:Route", "aws:autoscaling/group:Group"]) {
      expect(isTaggableType(type), type).to.equal(false);
    }
  });
});
