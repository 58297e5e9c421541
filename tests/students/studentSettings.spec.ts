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
  it("are the lab's, merged with the student's own", async () => {
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

  it("replace the class's image completely", async () => {
    const [kim] = await stacksOf(
      "id,name,settings.fleet.image.source,settings.fleet.image.amiId\nkim,Kim,existing,ami-0123456789abcdef0\n",
    );
    expect(kim?.settings.fleet.image).to.deep.equal({ source: "existing", amiId: "ami-0123456789abcdef0" });
  });

  it("have a separate address range and tags for each student", async () => {
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

  it("name no target group, so that students share an account and region", async () => {
    const stacks = await stacksOf("id,name,account\nlee,Lee,222222222222\npark,Park,222222222222\n");
    expect(stacks.map(({ settings }) => settings.fleet.targetGroupName)).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it("are refused when two students of an account and region name the same target group", async () => {
    const header = "id,name,account,region,settings.fleet.targetGroupName\n";
    const ann = "ann,Ann,111111111111,,web\n";
    expect(await mistakesIn(`${header}${ann}bob,Bob,111111111111,us-east-1,web\n`)).to.contain(
      'class.csv:3:32: settings.fleet.targetGroupName: "web" - allowed: a name that no other student of account 111111111111 in us-east-1 has (line 2 has this one), or omitted for a generated name',
    );
    for (const other of [
      "bob,Bob,111111111111,us-west-2,web\n",
      "bob,Bob,222222222222,,web\n",
      "bob,Bob,111111111111,,web2\n",
      "bob,Bob,,,web\n",
    ]) {
      expect(await stacksOf(`${header}${ann}${other}`), other).to.have.length(2);
    }
  });

  it("omit the lab's key pair in a region without it", async () => {
    const [kim] = await stacksOf("id,name,region\nkim,Kim,us-west-2\n");
    expect(kim?.settings.fleet.keyPairName).to.equal(undefined);
    expect(kim?.settings.launcher.keyPairName).to.equal(undefined);
    expect(stackConfig(kim?.region ?? "", kim?.groups ?? {})).to.include({ "aws:region": "us-west-2" });
  });

  it("lists all problems of all students, each with its line", async () => {
    const mistakes = await mistakesIn(
      "id,name,settings.fleet.capacity.max,settings.network.cidrBlock,settings.fleet.colour\nkim,Kim,0,10.9.0.0/16,\nlee,Lee,,10.9.8.0/24,red\n",
    );
    expect(mistakes).to.match(/^class\.csv: 4 mistakes; nothing was changed\.\n/);
    expect(mistakes).to.include("class.csv:2:9: settings.fleet.capacity.max: 0 - allowed: a whole number");
    expect(mistakes).to.include('class.csv:3:22: settings.fleet.colour: "red" - allowed: no such setting');
    expect(mistakes).to.include("class.csv:3:10: settings.network.cidrBlock");
    expect(mistakes).to.include("line 2 has 10.9.0.0/16");
  });
});
