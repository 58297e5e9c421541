import { expect } from "chai";

import {
  controlsOf,
  frameworkNames,
  frameworkOf,
  frameworks,
  tagsOf,
} from "../../../policies/frameworks/controls";
import { relatedRequirements } from "../../../policies/frameworks/securityHub";
import { topics } from "../../../policies/frameworks/topics";
import { omittedControls } from "../../../policies/omitted/all";
import { packs } from "../../../policies/packs";
import { knownControls } from "./knownControls";

const rules = packs.flatMap((pack) => pack.rules);
const none = { fsbp: [], checkov: [], cdkNag: [] };

describe("the controls of a rule", () => {
  it("are what Security Hub relates to its controls there, together with its topics'", () => {
    const { cis, nist80053, pciDss, iso27001 } = controlsOf({
      counterparts: { ...none, fsbp: ["RDS.2", "EC2.15"] },
      topics: ["network-exposure"],
    });
    expect({ cis, pciDss, iso27001 }).to.deep.equal({
      cis: ["2.2.3"],
      pciDss: ["1.4.4"],
      iso27001: ["A.8.20", "A.8.22"],
    });
    expect(nist80053.slice(0, 5)).to.deep.equal(["AC-3", "AC-3(7)", "AC-4", "AC-4(21)", "AC-6"]);
    expect(nist80053.at(-1)).to.equal("SC-7(21)");
  });

  it("are ordered by number and named once", () => {
    const { nist80053 } = controlsOf({
      counterparts: { ...none, fsbp: ["EC2.9"] },
      topics: ["network-exposure", "public-access"],
    });
    expect(nist80053).to.have.lengthOf(new Set(nist80053).size);
    expect(nist80053.indexOf("SC-7(3)")).to.be.lessThan(nist80053.indexOf("SC-7(11)"));
  });

  it("are tags of the policy SDK, after the topics", () => {
    expect(tagsOf({ counterparts: { ...none, fsbp: ["RDS.15"] }, topics: ["capacity"] })).to.deep.equal([
      "capacity",
      "fsbp:RDS.15",
      "cis:2.2.4",
      "nist80053:CP-2(2)",
      "nist80053:CP-6(2)",
      "nist80053:CP-10",
      "nist80053:SC-5(2)",
      "nist80053:SC-36",
      "nist80053:SI-13(5)",
      "iso27001:A.8.6",
    ]);
  });

  it("give the policy SDK's framework: the first that asks for the rule", () => {
    const { fsbp, nist80053 } = frameworks;
    expect(frameworkOf({ counterparts: { ...none, fsbp: ["RDS.7", "RDS.8"] }, topics: [] })).to.deep.equal({
      name: fsbp.title,
      version: fsbp.version,
      reference: "RDS.7, RDS.8",
      specification: fsbp.url,
    });
    expect(frameworkOf({ counterparts: none, topics: ["backup"] })).to.include({
      name: nist80053.title,
      reference: "CP-9",
    });
    expect(frameworkOf({ counterparts: none, topics: ["account-limits"] })).to.equal(undefined);
  });
});

describe("the shipped rules", () => {
  it("have a topic each, and use every topic", () => {
    expect(rules.filter((rule) => rule.topics.length === 0).map(({ name }) => name)).to.deep.equal([]);
    const used = new Set<string>(rules.flatMap((rule) => rule.topics));
    expect(Object.keys(topics).filter((topic) => !used.has(topic))).to.deep.equal([]);
  });

  it("use every control of Security Hub whose requirements are recorded", () => {
    const used = new Set(rules.flatMap(({ counterparts }) => counterparts.fsbp));
    expect(Object.keys(relatedRequirements).filter((id) => !used.has(id))).to.deep.equal([]);
  });

  it("write controls as their frameworks do", () => {
    const form = {
      fsbp: /^[A-Za-z0-9]+\.\d+$/,
      cis: /^\d+(\.\d+)+$/,
      nist80053: /^[A-Z]{2}-\d+(\(\d+\))?$/,
      pciDss: /^\d+(\.\d+)+$/,
      iso27001: /^A\.[5-8]\.\d+$/,
      checkov: /^CKV2?_AWS_\d+$/,
      cdkNag: /^AwsSolutions-[A-Z0-9]+$/,
    };
    for (const rule of rules) {
      const controls = controlsOf(rule);
      for (const name of frameworkNames) for (const id of controls[name]) expect(id).to.match(form[name]);
    }
  });
});

describe("the controls of other rule sets for the same resource types", () => {
  for (const name of ["fsbp", "checkov", "cdkNag"] as const) {
    it(`are checked by a rule, or omitted with a reason: ${name}`, () => {
      const ours = new Set([
        ...rules.flatMap(({ counterparts }) => counterparts[name]),
        ...omittedControls.flatMap(({ ids }) => ids),
      ]);
      expect(knownControls[name].filter((id) => !ours.has(id))).to.deep.equal([]);
    });
  }
});
