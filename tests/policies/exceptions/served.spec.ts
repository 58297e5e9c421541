import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { expect } from "chai";

import type { Grant } from "../../../policies/exceptions/exception";
import { servedPolicies, type ServedPolicy } from "../../../policies/exceptions/served";
import type { StackFinding } from "../../../policies/support/finding";
import {
  on,
  remediateOn,
  resourceAndStackRule,
  resourceRule,
  stackRule,
  type Rule,
} from "../../../policies/support/rule";
import { strings } from "../../../policies/support/settings";
import { unknown } from "../support/fixture";
import { judge, judgeStack, passed, remediate } from "../support/judge";

const text = {
  displayName: "Images",
  description: "Servers use known images.",
  why: "why",
  severity: "high",
  topics: ["supported-software"],
  fix: "Use another image.",
  url: "https://example.com",
  counterparts: { fsbp: [], checkov: [], cdkNag: [] },
  settings: {},
} as const;

const instance = "aws:ec2/instance:Instance";

/** Reads one property after the other: a preview may not know the second one. */
function* judgeImage(props: { readonly ami?: string | undefined; readonly keyName?: string | undefined }) {
  if (props.ami === "old") yield { at: "ami", value: props.ami, allowed: "new" };
  if (props.keyName === "shared") yield { at: "keyName", value: props.keyName, allowed: "none" };
}

const image = resourceRule(
  { ...text, name: "image" },
  [on(instance, judgeImage)],
  [remediateOn(instance, () => ({ ami: "new" }))],
);
const critical = resourceRule(
  { ...text, name: "critical", severity: "critical", topics: ["supported-software", "capacity"] },
  [on(instance, judgeImage)],
);
const configurable = resourceRule(
  {
    ...text,
    name: "configurable",
    settings: { images: strings({ default: ["new"], description: "Images" }) },
  },
  [on(instance, judgeImage)],
);
const count = stackRule({ ...text, name: "count" }, function* (stack): Iterable<StackFinding> {
  yield { resource: undefined, at: "the number of servers", value: stack.length, allowed: "0" };
  for (const resource of stack.filter(({ type }) => type === instance)) {
    yield { resource, at: "ami", value: "any", allowed: "none" };
  }
});

const today = "2026-12-01";
const grant: Grant = {
  resource: "web",
  stack: "test",
  reason: "The vendor delivers in January.",
  owner: "web team",
  until: "2027-01-31",
};

const named = (type: string, name: string, props: Readonly<Record<string, unknown>> = {}) => ({
  type,
  name,
  urn: `urn:pulumi:test::site::${type}::${name}`,
  props,
  propertyDependencies: {},
});
const web = named(instance, "web", { ami: "old" });
const both = named(instance, "web", { ami: "old", keyName: "shared" });
const root = named("pulumi:pulumi:Stack", "site-test");

/** Runs a rule and then the policy that reports what is excepted, as the engine does for each resource. */
const serve = <R extends Rule>(rule: R, day = today) => {
  const policies = servedPolicies({ rules: [rule] }, () => day);
  const [served, excepted, ...more] = policies;
  if (served === undefined || excepted === undefined || more.length > 0) throw new Error("not two policies");
  return { served: asRule(rule, served), excepted: asRule(rule, excepted) };
};

/** The helpers that judge take a rule with its documentation. */
function asRule<R extends Rule>(rule: R, policy: ServedPolicy): R {
  const {
    name,
    validateResource,
    validateStack,
    remediateResource,
  }: Partial<ResourceValidationPolicy & StackValidationPolicy> = policy;
  return { ...rule, name, validateResource, validateStack, remediateResource };
}

const excepts = (...grants: readonly Partial<Grant>[]) => ({
  exceptions: grants.map((each) => ({ ...grant, ...each })),
});

const message = [
  'web (aws:ec2/instance:Instance): ami is "old".',
  "Allowed: new.",
  "Fix: Use another image.",
].join("\n");

describe("an excepted violation of a rule about resources", () => {
  it("is reported by the policy for excepted violations, once", async () => {
    const { served, excepted } = serve(image);
    expect(await judge(served, web, excepts({}))).to.deep.equal(passed);
    expect((await judge(excepted, web)).violations).to.deep.equal([
      `image: excepted until 2027-01-31, because The vendor delivers in January. Owner: web team.\n${message}`,
    ]);
    expect(await judge(excepted, web)).to.deep.equal(passed);
  });

  it("is reported as it is without an exception", async () => {
    const { served, excepted } = serve(image);
    expect((await judge(served, web)).violations).to.deep.equal([message]);
    expect((await judge(served, web, excepts())).violations).to.deep.equal([message]);
    expect(await judge(excepted, web)).to.deep.equal(passed);
  });

  it("does not hide a violation of another resource, stack or property", async () => {
    for (const other of [{ resource: "db" }, { stack: "prod" }, { at: "keyName" }]) {
      const { served, excepted } = serve(image);
      expect((await judge(served, web, excepts(other))).violations, JSON.stringify(other)).to.deep.equal([
        message,
      ]);
      expect(await judge(excepted, web)).to.deep.equal(passed);
    }
  });

  it("is a violation again when the exception has ended", async () => {
    const { served } = serve(image, "2027-02-01");
    expect((await judge(served, web, excepts({}))).violations).to.deep.equal([
      `The exception for it ended on 2027-01-31 (owner: web team): fix the violation, or set a later \`until\`.\n${message}`,
    ]);
  });

  it("does not hide a second finding unless the exception names its property", async () => {
    const vague = serve(image);
    const { violations } = await judge(vague.served, both, excepts({}));
    expect(violations).to.have.length(2);
    expect(violations[0]).to.match(/^The exception for it .* because the rule finds 2 things here: add `at`/);

    const exact = serve(image);
    const judged = await judge(exact.served, both, excepts({ at: "ami" }));
    expect(judged.violations).to.have.length(1);
    expect(judged.violations[0]).to.contain("keyName");
    expect((await judge(exact.excepted, both)).violations).to.deep.equal([
      `image: excepted until 2027-01-31, because The vendor delivers in January. Owner: web team.\n${message}`,
    ]);
  });

  it("is reported although a later value is unknown", async () => {
    const { served, excepted } = serve(image);
    const half = named(instance, "web", { ami: "old", keyName: unknown });
    expect((await judge(served, half, excepts({}))).unknown).to.contain("keyName");
    expect((await judge(excepted, half)).violations).to.have.length(1);
  });

  it("is refused for a critical rule without one of its topics", async () => {
    for (const [criticalTopic, violations] of [
      [undefined, 1],
      ["backup", 1],
      ["supported-software", 0],
    ] as const) {
      const { served } = serve(critical);
      const config = excepts(criticalTopic === undefined ? {} : { criticalTopic });
      const refusals = (await judge(served, web, config)).violations;
      expect(refusals).to.have.length(violations);
      for (const refusal of refusals) {
        expect(refusal.split("\n")[0]).to.equal(
          "critical.exceptions: the rule is critical - allowed: with criticalTopic, one of supported-software, capacity",
        );
      }
    }
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    [
      { ...grant, until: "soon" },
      '[0].until: "soon" - allowed: a day as YYYY-MM-DD, at the latest 2027-05-30',
    ],
    [
      { ...grant, until: "2027-05-31" },
      "[0].until: 2027-05-31 - allowed: at the latest 2027-05-30, 180 days from today (maximumDays)",
    ],
    [
      { ...grant, maximumDays: 30 },
      "[0].until: 2027-01-31 - allowed: at the latest 2026-12-31, 30 days from today (maximumDays)",
    ],
    [{ ...grant, maximumDays: -1 }, "[0].maximumDays: -1 - allowed: a whole number of at least 1"],
    [{ ...grant, owner: "" }, '[0].owner: "" - allowed: one line with who answers for it'],
    [
      { ...grant, reason: "two\nlines" },
      String.raw`[0].reason: "two\nlines" - allowed: one line that states why`,
    ],
    [
      { ...grant, at: 1 },
      "[0].at: 1 - allowed: the property that the finding names, with * for any characters",
    ],
    [{ ...grant, resources: "web" }, "[0].resources: unknown; did you mean resource?"],
    [
      null,
      "[0]: null - allowed: an object with resource, stack, at, reason, owner, until, maximumDays, criticalTopic",
    ],
  ];
  for (const [value, problem] of wrong) {
    it(`stays a violation where the exception is wrong: ${problem}`, async () => {
      const { served } = serve(image);
      const { violations } = await judge(served, web, { exceptions: [value] });
      expect(violations).to.deep.equal([`image.exceptions${problem}\n${message}`]);
    });
  }

  it("stays a violation where the exceptions are not a list", async () => {
    const { served } = serve(image);
    const { violations } = await judge(served, web, { exceptions: grant });
    expect(violations[0]).to.match(/^image\.exceptions: \{.*\} - allowed: a list of objects\n/);
  });

  it("may end on the last day that is allowed", async () => {
    const { served } = serve(image);
    expect(await judge(served, web, excepts({ until: "2027-05-30" }))).to.deep.equal(passed);
    expect(await judge(served, web, excepts({ until: "2026-12-02", maximumDays: 1 }))).to.deep.equal(passed);
  });

  it("is advisory, and the schema that a policy server shows has the rule's exceptions", () => {
    const [served, excepted] = servedPolicies({ rules: [configurable] });
    expect(excepted).to.include({
      name: "excepted",
      displayName: "Excepted violations",
      description: "An exception covers this violation.",
      enforcementLevel: "advisory",
    });
    expect(Object.keys(served?.configSchema?.properties ?? {})).to.deep.equal(["images", "exceptions"]);
    expect(served?.configSchema?.properties["exceptions"]?.description).to.match(/accepted until a day/);
  });

  it("may end later where the configuration allows it", async () => {
    const { served } = serve(image);
    expect(await judge(served, web, excepts({ until: "2027-11-30", maximumDays: 365 }))).to.deep.equal(
      passed,
    );
  });

  it("cannot be a wrong threshold", async () => {
    const { served } = serve(configurable);
    const config = { ...excepts({ resource: "*", at: "*" }), images: 1 };
    expect((await judge(served, root, config)).violations).to.have.length(1);
    expect((await judge(served, web, config)).violations).to.deep.equal([
      "configurable.images: 1 - allowed: a list of strings: names",
    ]);
  });

  it("is not remediated", async () => {
    const { served } = serve(image);
    expect(await remediate(served, web)).to.deep.equal({ ami: "new" });
    expect(await remediate(served, web, excepts({}))).to.equal(undefined);
    expect(await remediate(served, both, excepts({ at: "ami" }))).to.equal(undefined);
    expect(await remediate(served, web, excepts({ resource: "db" }))).to.deep.equal({ ami: "new" });
  });

  it("keeps the type to which the SDK limits the rule", () => {
    const [served, excepted] = servedPolicies({ rules: [image] });
    expect(Reflect.get(served ?? {}, "validateResource")).to.have.property("__pulumiType", instance);
    expect(Reflect.get(excepted ?? {}, "validateResource")).not.to.have.property("__pulumiType");
  });
});

describe("an excepted violation of a rule about a stack", () => {
  const stack = [root, web];

  it("is reported for its resource, or for the stack", async () => {
    for (const [resource, left] of [
      ["web", "The stack: the number of servers is 2."],
      ["pulumi:pulumi:Stack::*", 'web (aws:ec2/instance:Instance): ami is "any".'],
    ] as const) {
      const { served, excepted } = serve(count);
      if (!("validateStack" in served) || !("validateStack" in excepted)) throw new Error("not a stack rule");
      const { violations } = await judgeStack(served, stack, excepts({ resource }));
      expect(violations.map((each) => each.split("\n")[0])).to.deep.equal([left]);
      expect((await judgeStack(excepted, stack)).violations).to.have.length(1);
      expect(await judgeStack(excepted, stack)).to.deep.equal(passed);
    }
  });

  it("is not reported for another stack that the same process judges", async () => {
    const { served, excepted } = serve(count);
    if (!("validateStack" in served) || !("validateStack" in excepted)) throw new Error("not a stack rule");
    await judgeStack(served, stack, excepts({}));
    const other = stack.map((each) => ({ ...each, urn: each.urn.replace(":test:", ":prod:") }));
    expect(await judgeStack(excepted, other)).to.deep.equal(passed);
    expect((await judgeStack(excepted, stack)).violations).to.have.length(1);
  });
});

describe("an excepted violation of a rule about resources and the stack", () => {
  const rule = resourceAndStackRule(
    { ...text, name: "pieces" },
    [on(instance, judgeImage)],
    function* (): Iterable<StackFinding> {
      yield { resource: web, at: "keyName", value: "shared", allowed: "none" };
    },
  );

  it("is accepted in a resource and in the stack, each by its property", async () => {
    const { served, excepted } = serve(rule);
    const accepted = excepts({ at: "ami" });
    expect(await judge(served, web, accepted)).to.deep.equal(passed);
    expect((await judge(excepted, web)).violations).to.have.length(1);
    expect((await judgeStack(served, [root, web], accepted)).violations).to.have.length(1);
    expect((await judgeStack(served, [root, web], excepts({ at: "keyName" }))).violations).to.deep.equal([]);
    expect((await judgeStack(excepted, [root, web])).violations).to.have.length(1);
    expect((await judge(served, web, excepts({ at: "keyName" }))).violations).to.have.length(1);
  });
});
