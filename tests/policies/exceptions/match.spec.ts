import { expect } from "chai";

import type { Grant } from "../../../policies/exceptions/exception";
import { answerFor, isAbout, type Violation } from "../../../policies/exceptions/match";

const urn = "urn:pulumi:prod::wordpress::aws:ec2/securityGroup:SecurityGroup::office";
const ssh: Violation = { urn, at: "ingress[0].cidrBlocks[0]" };
const rdp: Violation = { urn, at: "ingress[1].cidrBlocks[0]" };
const grant: Grant = {
  resource: "office",
  stack: "prod",
  reason: "moves in January",
  owner: "network team",
  until: "2027-01-31",
};
const exact: Grant = { ...grant, at: ssh.at };

const kindOf = (
  violation: Violation,
  siblings: readonly Violation[],
  grants: readonly Grant[],
  day = "2027-01-01",
) => answerFor(violation, siblings, grants, day).kind;

describe("an exception", () => {
  it("covers the only finding of a rule, until the end of its last day", () => {
    expect(kindOf(ssh, [ssh], [grant])).to.equal("excepted");
    expect(kindOf(ssh, [ssh], [grant], "2027-01-31")).to.equal("excepted");
    expect(kindOf(ssh, [ssh], [grant], "2027-02-01")).to.equal("ended");
  });

  it("covers only the property that it names", () => {
    expect(kindOf(ssh, [ssh, rdp], [exact])).to.equal("excepted");
    expect(kindOf(rdp, [ssh, rdp], [exact])).to.equal("none");
    expect(kindOf(rdp, [ssh, rdp], [{ ...grant, at: "ingress[*].cidrBlocks[*]" }])).to.equal("excepted");
  });

  it("covers none of several findings without a property, because more may follow", () => {
    expect(answerFor(ssh, [ssh, rdp], [grant], "2027-01-01")).to.deep.equal({
      kind: "several",
      grant,
      findings: 2,
    });
    const elsewhere = { ...rdp, urn: urn.replace("office", "home") };
    expect(kindOf(ssh, [ssh, elsewhere], [grant])).to.equal("excepted");
  });

  it("is ignored while another one is valid", () => {
    const ended = { ...grant, until: "2026-12-31" };
    expect(kindOf(ssh, [ssh], [ended, grant])).to.equal("excepted");
    expect(answerFor(ssh, [ssh], [ended, grant], "2027-01-01")).to.deep.equal({ kind: "excepted", grant });
  });

  it("is about one stack and its resources", () => {
    expect(isAbout({ ...grant, stack: "dev" }, ssh)).to.equal(false);
    expect(isAbout({ ...grant, stack: "prod*" }, ssh)).to.equal(true);
    expect(isAbout({ ...grant, resource: "off" }, ssh)).to.equal(false);
  });
});
