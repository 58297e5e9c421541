import { expect } from "chai";

import { fixed, inPlace, newServers, replaces } from "../../components/settings/afterUp";
import { contradictions, unproven } from "./judge";
import type { Outcome, Step } from "./liveStack";

const step = (op: string, type: string): Step => ({ op, type, name: "site", properties: [] });
const did = (...steps: readonly Step[]): Outcome => ({ steps, error: undefined });
const failed = (error: string, ...steps: readonly Step[]): Outcome => ({ steps, error });

const update = step("update", "aws:lb/listener:Listener");
const replacement = step("replace", "aws:lb/targetGroup:TargetGroup");
const loss = step("delete", "aws:efs/fileSystem:FileSystem");
const template = step("update", "aws:ec2/launchTemplate:LaunchTemplate");

describe("a change's verdict", () => {
  const said = (meta: ReturnType<typeof replaces> | ReturnType<typeof fixed>, outcome: Outcome) =>
    contradictions("fleet.x", meta.afterUp, outcome);

  it("is good when the engine does what the setting states", () => {
    expect(said(inPlace(), did(update))).to.deep.equal([]);
    expect(said(newServers(), did(template))).to.deep.equal([]);
    expect(said(replaces({ [replacement.type]: "it" }), did(replacement, update))).to.deep.equal([]);
    expect(said(inPlace(), did(step("delete", "aws:ec2/natGateway:NatGateway")))).to.deep.equal([]);
    expect(said(fixed("a second stack"), failed("fleet.x: no"))).to.deep.equal([]);
  });

  it("names what it does besides", () => {
    expect(said(inPlace(), did(replacement))[0]).to.include(replacement.type);
    expect(said(inPlace(), did(loss))[0]).to.include(loss.type);
    expect(said(inPlace(), did(template))).to.deep.equal(["replaced all servers, which is not stated"]);
  });

  it("is bad when nothing changes, or the change fails", () => {
    expect(said(inPlace(), did())).to.deep.equal(["changed nothing"]);
    expect(said(inPlace(), failed("DependencyViolation"))).to.deep.equal(["failed: DependencyViolation"]);
  });

  it("asks that a refusal comes before anything is made, and names the setting", () => {
    expect(said(fixed("a second stack"), did(update))).to.deep.equal([
      "took a change that is stated to be refused",
    ]);
    expect(said(fixed("a second stack"), failed("fleet.x: no", update))[0]).to.match(
      /^refused it after update/,
    );
    expect(said(inPlace({ refused: "less" }), failed("no"))).to.deep.equal([
      "refused it without its name: no",
    ]);
  });

  it("asks that what is stated happens at least once", () => {
    const stated = replaces({ [replacement.type]: "it" }, { newServers: true, refused: "less" }).afterUp;
    expect(unproven(stated, [did(update)])).to.have.length(3);
    expect(unproven(stated, [did(replacement, template), failed("fleet.x: no")])).to.deep.equal([]);
  });
});
