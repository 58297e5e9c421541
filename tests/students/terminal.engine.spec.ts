import { expect } from "chai";
import path from "node:path";

import { sharedCache } from "../../cli/sharedCache";
import { quietSteps } from "../../cli/steps";
import { widthOf } from "../../cli/width";
import { findPulumi } from "../../engine/pulumiCli/command";
import { accountIdOf } from "../../localAws/accounts";
import { accountClients, type AccountClients } from "../../students/account/clients";
import { emulatorLimits, makePace } from "../../students/account/pace";
import { classBackendUrl } from "../../students/state/backendUrl";
import { documentsIn, type Documents } from "../../students/state/documents";
import { openStateCli } from "../../students/state/pulumiCli";
import { documentNames } from "../../students/state/sharedState";
import { openClassPlace, type ClassPlace } from "../support/classRun";
import { startAtTerminal } from "../support/terminal";

const aClass = { className: "class", where: "local" } as const;

describe("students, at a terminal", function () {
  this.timeout(300_000);
  let place: ClassPlace;
  let kim: AccountClients;
  let documents: Documents;
  let backend: string;

  before(async () => {
    place = await openClassPlace();
    await place.roster("id,name\nkim,김지훈\nlee,Lee\n");
    kim = accountClients(
      {
        region: "us-east-1",
        endpoint: place.endpoint,
        credentials: { accessKeyId: accountIdOf("class/kim"), secretAccessKey: "any" },
      },
      { pace: makePace(emulatorLimits), remembers: false, stop: undefined },
    );
    backend = `file://${path.join(path.dirname(place.folder), "backend")}`;
    const { command } = await findPulumi(sharedCache(process.env), quietSteps);
    documents = documentsIn(
      await openStateCli({
        command,
        url: classBackendUrl(backend, aClass) ?? "",
        folder: path.join(path.dirname(place.folder), "project"),
        environment: process.env,
      }),
    );
  });
  after(async () => {
    await kim.close();
    await place.close();
  });

  const students = (command: string, environment: NodeJS.ProcessEnv = {}) => {
    const roster = path.join(path.dirname(place.folder), "class.csv");
    const words = [command, roster, "--local", "--folder", place.folder];
    return startAtTerminal("students/main.ts", words, { PULUMI_BACKEND_URL: "", ...environment });
  };

  it("down asks for each resource that was made by hand, and removes what the answers say", async () => {
    const ec2 = await kim.ec2();
    await ec2.createKeyPair({ KeyName: "my-key" });
    const volume = { AvailabilityZone: "us-east-1a", Size: 100, VolumeType: "gp3" } as const;
    const { VolumeId: removed = "" } = await ec2.createVolume(volume);
    const { VolumeId: kept = "" } = await ec2.createVolume(volume);
    const down = students("down");
    // Volumes of the same second have the order of their ids.
    for (const id of [removed, kept].toSorted()) {
      await down.answer(
        new RegExp(`kim: made by hand: volume ${id}.*Remove it\\? \\[y/N\\]`, "s"),
        id === removed ? "y" : "",
      );
    }
    await down.answer(/kim: made by hand: key pair my-key.*Remove it\? \[y\/N\]/s, "yes");
    const { status, shown } = await down.ended();
    expect(status, shown).to.equal(0);
    expect((await ec2.describeVolumes({})).Volumes?.map(({ VolumeId }) => VolumeId)).to.deep.equal([kept]);
    expect((await ec2.describeKeyPairs({})).KeyPairs).to.deep.equal([]);
    expect(shown).to.include(kept).and.not.include("lee: made by hand");
  });

  it("unlock shows who has a student, and frees it only with a yes", async () => {
    const name = documentNames(aClass).lockOf("kim");
    await documents.create(name);
    const lease = {
      id: "12345678-killed",
      owner: "lee@elsewhere",
      machine: "another",
      pid: 1,
      doing: "does up",
      since: new Date().toISOString(),
      until: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await documents.write(name, JSON.stringify(lease));
    const unlock = async (answer: string) => {
      const started = students("unlock", { PULUMI_BACKEND_URL: backend });
      await started.answer(/kim: lee@elsewhere does up, since .*Free them\?.*\[y\/N\]/s, answer);
      return await started.ended();
    };
    const refused = await unlock("no");
    expect(refused.shown).to.include("Nothing was changed.");
    expect(await documents.read(name)).to.include("lee@elsewhere");
    const freed = await unlock("y");
    expect(freed.shown).to.include("Free now: kim.");
    expect(freed.status).to.equal(0);
    expect(await documents.read(name)).to.equal(undefined);
    const again = await students("unlock", { PULUMI_BACKEND_URL: backend }).ended();
    expect(again.shown).to.include("No student is locked.");
  });

  describe("a student's own commands, in Korean", () => {
    const own = (program: string, ...words: readonly string[]) =>
      startAtTerminal(
        `students/${program}/main.ts`,
        ["--local", "--lang", "ko", "--folder", place.folder, ...words],
        { PULUMI_BACKEND_URL: "" },
      );
    const tooWide = (shown: string) => shown.split(/\r?\n/).filter((line) => widthOf(line) > 80);

    it("grade, end to end: an empty account has no points, in 80 columns", async () => {
      const { status, shown } = await own("grade").ended();
      expect(status, shown).to.equal(0);
      expect(shown).to.match(/100점 중 0점/);
      expect(tooWide(shown)).to.deep.equal([]);
    });

    it("grade --act changes nothing without a yes", async () => {
      const grade = own("grade", "--act");
      await grade.answer(/\[y\/N\]/, "n");
      const { status, shown } = await grade.ended();
      expect(status, shown).to.equal(0);
      expect(shown).to.not.match(/\d점/);
    });

    it("course shows the next step, in 80 columns", async () => {
      const { status, shown } = await own("course").ended();
      expect(status, shown).to.equal(0);
      expect(shown).to.match(/[가-힣]/);
      expect(tooWide(shown)).to.deep.equal([]);
    });
  });
});
