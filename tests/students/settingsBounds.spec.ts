import { expect } from "chai";
import path from "node:path";

import { settingsIn } from "../../components/settings/namespace";
import { allocateCidrBlocks } from "../../students/addresses";
import { parseRoster, type Student } from "../../students/roster/roster";
import { readClassSettings, stackConfig } from "../../students/settings/classSettings";
import { merge } from "../../students/settings/merge";
import { studentStacks } from "../../students/settings/studentSettings";

const labFile = path.resolve(__dirname, "../../Pulumi.lab.yaml");

const stacksOf = async (roster: string, place: { readonly taken?: ReadonlyMap<string, string> } = {}) =>
  studentStacks(parseRoster("class.csv", roster), await readClassSettings(labFile), {
    className: "class",
    accountOf: ({ account }: Student) => account,
    takenBlocks: place.taken ?? new Map(),
  });

describe("merged settings", () => {
  it("replaces values that are not groups in both", () => {
    expect(merge({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 9 }, d: null })).to.deep.equal({
      a: { b: 9, c: 2 },
      d: null,
    });
    expect(merge({ a: null }, { a: { b: 1 } })).to.deep.equal({ a: { b: 1 } });
    expect(merge({ a: [1, 2] }, { a: [3] })).to.deep.equal({ a: [3] });
  });
});

describe("a stack's file", () => {
  it("has groups under the project's name, and the region", () => {
    const config = stackConfig("us-west-2", { fleet: { paused: true }, tags: { A: "b" } });
    expect(config).to.deep.equal({
      "aws:region": "us-west-2",
      "wordpress:fleet": { paused: true },
      "wordpress:tags": { A: "b" },
    });
    expect(settingsIn(config)).to.deep.equal({ fleet: { paused: true }, tags: { A: "b" } });
  });
});

describe("a student's stack", () => {
  it("keeps a key pair other than the lab's in a region without the lab's", async () => {
    const [kim, lee] = await stacksOf(
      "id,name,region,settings.fleet.keyPairName\nkim,Kim,us-west-2,\nlee,Lee,us-west-2,mine\n",
    );
    expect(kim?.settings.fleet.keyPairName).to.equal(undefined);
    expect(kim?.settings.fleet.instanceType).to.equal("t3.micro");
    expect(kim?.settings.launcher.keyPairName).to.equal(undefined);
    expect(lee?.settings.fleet.keyPairName).to.equal("mine");
  });

  it("keeps a chosen range, and does not assign it to other students", async () => {
    const [kim, lee] = await stacksOf("id,name,settings.network.cidrBlock\nkim,Kim,\nlee,Lee,10.0.0.0/20\n");
    expect(lee?.settings.network.cidrBlock).to.equal("10.0.0.0/20");
    expect(kim?.settings.network.cidrBlock).to.equal("10.0.16.0/20");
  });

  it("does not assign the range of a student who left", async () => {
    const taken = new Map([["gone", "10.0.0.0/20"]]);
    const [kim] = await stacksOf("id,name\nkim,Kim\n", { taken });
    expect(kim?.settings.network.cidrBlock).to.equal("10.0.16.0/20");
  });

  it("refuses chosen ranges that overlap", async () => {
    const roster = "id,name,settings.network.cidrBlock\nkim,Kim,10.9.0.0/16\nlee,Lee,10.9.16.0/20\n";
    const message = await stacksOf(roster).then(
      () => "it was accepted",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    expect(message).to.contain(
      'class.csv:3:9: settings.network.cidrBlock: "10.9.16.0/20" - allowed: a range that overlaps no other; line 2 has 10.9.0.0/16',
    );
  });
});

describe("address ranges", () => {
  it("run out after 4,096 students", () => {
    const ids = Array.from({ length: 4_096 }, (_, index) => `student-${String(index)}`);
    expect(new Set(allocateCidrBlocks(ids, new Map()).values()).size).to.equal(4_096);
    expect(() => allocateCidrBlocks([...ids, "one-more"], new Map())).to.throw(
      RangeError,
      "10.0.0.0/8 has no room for another student",
    );
  });
});
