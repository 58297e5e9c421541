import { expect } from "chai";

import { packs } from "../../policies/packs";
import { isSelected, selectedFrom, selectionProblems, type Selection } from "../../policies/selection";

const rules = packs.flatMap((pack) => pack.rules);
const none: Selection = { frameworks: [], severities: [], tags: [] };
const namesOf = (selection: Partial<Selection>) =>
  rules.filter((rule) => isSelected(rule, { ...none, ...selection })).map(({ name }) => name);
const problemsOf = (selection: Partial<Selection>) => selectionProblems({ ...none, ...selection }, rules);

describe("a selection of rules", () => {
  it("selects every rule when it names nothing", () => {
    expect(namesOf({})).to.have.lengthOf(rules.length);
    expect(problemsOf({})).to.deep.equal([]);
  });

  it("selects the rules that serve a framework, or one control of it", () => {
    expect(namesOf({ frameworks: ["cis"] })).to.include.members(["imdsv2", "database-not-public"]);
    expect(namesOf({ frameworks: ["cis"] })).not.to.include("lambda-memory");
    expect(namesOf({ frameworks: ["cis:5.7"] })).to.deep.equal(["imdsv2"]);
  });

  it("selects rules by severity and by tag", () => {
    expect(namesOf({ tags: ["backup"] })).to.include.members(["database-backups", "file-system-backups"]);
    const critical = rules.filter(({ severity }) => severity === "critical").map(({ name }) => name);
    expect(critical).not.to.deep.equal([]);
    expect(namesOf({ severities: ["critical"] })).to.deep.equal(critical);
  });

  it("is wider with several values of one kind, and narrower with several kinds", () => {
    const both = namesOf({ severities: ["critical", "high"] });
    expect(both).to.include.members(namesOf({ severities: ["critical"] }));
    expect(both).to.include.members(namesOf({ severities: ["high"] }));
    const narrow = namesOf({ severities: ["high"], tags: ["network-exposure"] });
    expect(namesOf({ severities: ["high"] })).to.include.members(narrow);
    expect(namesOf({ tags: ["network-exposure"] })).to.include.members(narrow);
    expect(narrow).not.to.deep.equal([]);
    expect(namesOf({ frameworks: ["cis:5.7", "fsbp:RDS.2"] })).to.include.members([
      "imdsv2",
      "database-not-public",
    ]);
    expect(namesOf({ tags: ["backup", "network-exposure"] })).to.include.members([
      ...namesOf({ tags: ["backup"] }),
      ...namesOf({ tags: ["network-exposure"] }),
    ]);
  });

  it("keeps the packs and which rules are disabled", () => {
    const isDisabled = () => true;
    const [first] = selectedFrom(
      packs.map((pack) => ({ pack, isDisabled })),
      { ...none, tags: ["backup"] },
    );
    expect(first?.isDisabled).to.equal(isDisabled);
    expect(first?.pack.name).to.equal("guardrails");
    expect(first?.pack.rules).to.deep.equal([]);
  });

  it("is refused with the names that are near, all problems at once", () => {
    const problems = problemsOf({
      frameworks: ["csi", "soc2", "cis:9.9", "constructor"],
      severities: ["hihg"],
      tags: ["backups"],
    });
    expect(problems).to.have.lengthOf(6);
    expect(problems.slice(0, 2)).to.deep.equal([
      "--framework csi: the frameworks: fsbp, cis, nist80053, pciDss, iso27001, checkov, cdkNag",
      "--framework soc2: the frameworks: fsbp, cis, nist80053, pciDss, iso27001, checkov, cdkNag",
    ]);
    expect(problems[2]).to.match(/^--framework cis:9\.9: no rule serves this control; controls: .*5\.7/);
    expect(problems[4]).to.equal("--severity hihg: the severities: low, medium, high, critical");
    expect(problems[5]).to.equal("--tag backups: no rule has this tag; did you mean backup?");
  });

  it("is refused when it leaves no rule", () => {
    expect(problemsOf({ severities: ["critical"], tags: ["inventory"] })).to.deep.equal([
      "no rule has all of --severity critical and --tag inventory; remove one of them",
    ]);
    expect(problemsOf({ frameworks: ["cis:5.7"], severities: ["low", "critical"] })).to.deep.equal([
      "no rule has all of --framework cis:5.7 and --severity low or critical; remove one of them",
    ]);
    expect(
      problemsOf({ frameworks: ["cis", "cis:5.7"], severities: ["low"], tags: ["backup", "inventory"] }),
    ).to.deep.equal([
      "no rule has all of --framework cis or cis:5.7 and --severity low and --tag backup or inventory; remove one of them",
    ]);
    expect(problemsOf({ frameworks: ["cis:5.7"], severities: ["high"], tags: ["x"] })).to.have.lengthOf(1);
  });
});
