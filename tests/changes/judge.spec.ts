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

describe("the verdict on a change", () => {
  const verdict = (meta: ReturnType<typeof replaces> | ReturnType<typeof fixed>, outcome: Outcome) =>
    contradictions("fleet.x", meta.afterUp, outcome);

  it("is empty when the engine does what the setting states", () => {
    expect(verdict(inPlace(), did(update))).to.deep.equal([]);
    expect(verdict(newServers(), did(template))).to.deep.equal([]);
    expect(verdict(replaces({ [replacement.type]: "it" }), did(replacement, update))).to.deep.equal([]);
    expect(verdict(inPlace(), did(step("delete", "aws:ec2/natGateway:NatGateway")))).to.deep.equal([]);
    expect(verdict(fixed("a second stack"), failed("fleet.x: no"))).to.deep.equal([]);
  });

  it("names effects that the setting does not state", () => {
    expect(verdict(inPlace(), did(replacement))[0]).to.include(replacement.type);
    expect(verdict(inPlace(), did(loss))[0]).to.include(loss.type);
    expect(verdict(inPlace(), did(template))).to.deep.equal(["replaced all servers, which is not stated"]);
  });

  it("reports that nothing changed, or that the change failed", () => {
    expect(verdict(inPlace(), did())).to.deep.equal(["changed nothing"]);
    expect(verdict(inPlace(), failed("DependencyViolation"))).to.deep.equal(["failed: DependencyViolation"]);
  });

  it("reports a refusal after a resource was created, or without the setting's name", () => {
    expect(verdict(fixed("a second stack"), did(update))).to.deep.equal([
      "accepted a change that is stated to be refused",
    ]);
    expect(verdict(fixed("a second stack"), failed("fleet.x: no", update))[0]).to.match(
      /^refused it after update/,
    );
    expect(verdict(inPlace({ refused: "less" }), failed("no"))).to.deep.equal([
      "refused it without its name: no",
    ]);
  });

  it("reports stated effects that no change had", () => {
    const stated = replaces({ [replacement.type]: "it" }, { newServers: true, refused: "less" }).afterUp;
    expect(unproven(stated, [did(update)])).to.have.length(3);
    expect(unproven(stated, [did(replacement, template), failed("fleet.x: no")])).to.deep.equal([]);
  });
});
