import { expect } from "chai";
import path from "node:path";

import { InvalidRosterError } from "../../students/roster/entry";
import { parseRoster, type Student } from "../../students/roster/roster";
import { readClassSettings, stackConfig } from "../../students/settings/classSettings";
import { studentStacks } from "../../students/settings/studentSettings";

const labFile = path.resolve(__dirname, "../../Pulumi.lab.yaml");

async function stacksOf(
  roster: string,
  accountOf: (student: Student) => string | undefined = ({ account }) => account,
  takenBlocks: ReadonlyMap<string, string> = new Map(),
) {
  const place = { className: "class", accountOf, takenBlocks };
  return studentStacks(parseRoster("class.csv", roster), await readClassSettings(labFile), place);
}

async function mistakesIn(roster: string): Promise<string> {
  try {
    await stacksOf(roster);
  } catch (error) {
    if (error instanceof InvalidRosterError) return error.message;
    throw error;
  }
  return expect.fail("expected the roster to be refused");
}

describe("a student's settings", () => {
  it("are the lab's, with what the student has of their own laid over them", async () => {
    const [kim, lee] = await stacksOf(
      "id,name,account,settings.fleet.instanceType,settings.fleet.capacity.max\nkim,Kim,111111111111,t3.small,3\nlee,Lee,222222222222,,\n",
    );
    expect(kim?.settings.fleet).to.deep.include({
      instanceType: "t3.small",
      capacity: { min: 1, desired: 1, max: 3 },
    });
    expect(lee?.settings.fleet).to.deep.include({
      instanceType: "t3.micro",
      instanceProfileName: "LabInstanceProfile",
      keyPairName: "vockey",
    });
  });

  it("name the student's own account in ARNs", async () => {
    const [kim] = await stacksOf("id,name,account\nkim,Kim,111111111111\n");
    expect(kim?.settings.launcher.existingRoleArn).to.equal("arn:aws:iam::111111111111:role/LabRole");
  });

  it("replace the image as a whole", async () => {
    const [kim] = await stacksOf(
      "id,name,settings.fleet.image.source,settings.fleet.image.amiId\nkim,Kim,existing,ami-0123456789abcdef0\n",
    );
    expect(kim?.settings.fleet.image).to.deep.equal({ source: "existing", amiId: "ami-0123456789abcdef0" });
  });

  it("give each a range of addresses and tags of their own", async () => {
    const stacks = await stacksOf(
      "id,name\nkim,Kim\nlee,Lee\n",
      undefined,
      new Map([["lee", "10.0.16.0/20"]]),
    );
    expect(stacks.map(({ settings }) => settings.network.cidrBlock)).to.deep.equal([
      "10.0.0.0/20",
      "10.0.16.0/20",
    ]);
    expect(stacks.map(({ settings }) => settings.tags)).to.deep.equal([
      { Class: "class", Student: "kim" },
      { Class: "class", Student: "lee" },
    ]);
  });

  it("have the course's target group name once in an account and region, and names of their own beside it", async () => {
    const stacks = await stacksOf(
      "id,name,account,region\nkim,Kim,111111111111,\nlee,Lee,222222222222,\npark,Park,222222222222,\nan,An,222222222222,us-west-2\nno,No,,\n",
    );
    expect(stacks.map(({ settings }) => settings.fleet.targetGroupName)).to.deep.equal([
      "wordpress-servers",
      "wordpress-servers",
      "park-servers",
      "wordpress-servers",
      "no-servers",
    ]);
  });

  it("keep the target group name of the first run, also when another student joins the account", async () => {
    const roster = "id,name,account\nann,Ann,111111111111\nkim,Kim,111111111111\nno,No,222222222222\n";
    const names = async (takenTargetGroups: ReadonlyMap<string, string>) =>
      studentStacks(parseRoster("class.csv", roster), await readClassSettings(labFile), {
        className: "class",
        accountOf: ({ account }) => account,
        takenBlocks: new Map(),
        takenTargetGroups,
      }).map(({ settings }) => settings.fleet.targetGroupName);
    const taken = [["kim", "wordpress-servers"] as const, ["no", "no-servers"] as const];
    expect(await names(new Map(taken))).to.deep.equal(["ann-servers", "wordpress-servers", "no-servers"]);
    expect(await names(new Map([["ann", "wordpress-servers"], ...taken]))).to.deep.equal([
      "wordpress-servers",
      "kim-servers",
      "no-servers",
    ]);
  });

  it("leave the lab's key pair out in the region where there is none", async () => {
    const [kim] = await stacksOf("id,name,region\nkim,Kim,us-west-2\n");
    expect(kim?.settings.fleet.keyPairName).to.equal(undefined);
    expect(kim?.settings.launcher.keyPairName).to.equal(undefined);
    expect(stackConfig(kim?.region ?? "", kim?.groups ?? {})).to.include({ "aws:region": "us-west-2" });
  });

  it("are refused all together, each with its line", async () => {
    const mistakes = await mistakesIn(
      "id,name,settings.fleet.capacity.max,settings.network.cidrBlock,settings.fleet.colour\nkim,Kim,0,10.9.0.0/16,\nlee,Lee,,10.9.8.0/24,red\n",
    );
    expect(mistakes).to.match(/^class\.csv: 4 mistakes; nothing was changed\.\n/);
    expect(mistakes).to.include("class.csv:2: settings.fleet.capacity.max: 0 - allowed: a whole number");
    expect(mistakes).to.include('class.csv:3: settings.fleet.colour: "red" - allowed: no such setting');
    expect(mistakes).to.include("class.csv:3: settings.network.cidrBlock");
    expect(mistakes).to.include("line 2 has 10.9.0.0/16");
  });
});
