import { expect } from "chai";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

import { accountIdOf } from "../../local/accounts";
import { codeOf } from "../../local/failure";
import { awsClients } from "../../local/providers/aws/clients";
import { openClassPlace, type ClassPlace } from "../support/classRun";
import { eventually } from "../support/eventually";

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

const accountOf = (id: string) => accountIdOf(`class/${id}`);

describe("a class in the emulator", function () {
  this.timeout(600_000);
  let place: ClassPlace;

  before(async () => {
    place = await openClassPlace();
    // Lee's servers are larger than the lab allows.
    await place.roster("id,name,settings.fleet.instanceType\nkim,김지훈,\nlee,Lee,t3.xlarge\npark,Park,\n");
  });

  after(() => place.close());

  const databasesOf = async (id: string) => {
    const rds = await awsClients({
      endpoint: place.endpoint,
      region: "us-east-1",
      accountId: accountOf(id),
    }).rds();
    return (await rds.describeDBInstances({})).DBInstances ?? [];
  };

  it("comes up but for who breaks a policy, of whom nothing is made", async () => {
    const up = await place.run(["up"]);
    expect(up.status, up.told).to.equal(1);
    expect(up.students.map(({ id, status }) => `${id} ${status ?? ""}`)).to.deep.equal([
      "kim done",
      "lee failed",
      "park done",
    ]);
    expect(up.of("lee").reason).to.include("learner-lab/lab-instance-sizes");
    const made = await place.emulator.resources(accountOf("lee"));
    expect(new Set(made.map(({ service }) => service))).to.deep.equal(new Set(["iam", "ec2"]));
    expect(made.filter(({ service }) => service === "ec2").map(({ id }) => id)).to.deep.equal(["vockey"]);
  });

  it("has each student in an account, with outputs and files, of their own", async () => {
    const { students } = await place.run(["plan", "--only", "kim,park"]);
    expect(students.map(({ accountId }) => accountId)).to.deep.equal([accountOf("kim"), accountOf("park")]);
    const [kim, park] = await Promise.all(
      ["kim", "park"].map((id) =>
        readFile(
          path.join(place.folder, `students/class/local/${id}/state/.pulumi/stacks/wordpress/${id}.json`),
          "utf8",
        ),
      ),
    );
    expect(kim).to.include(accountOf("kim"));
    expect(kim).to.not.include(accountOf("park")).and.not.include("10.0.32.0/20");
    expect(park).to.include(accountOf("park")).and.include("10.0.32.0/20");
    expect(park).to.not.include(accountOf("kim")).and.not.include("10.0.0.0/20");
    for (const id of ["kim", "park"]) expect(await databasesOf(id)).to.have.lengthOf(1);
  });

  it("is paused with its databases stopped, and comes back the same", async () => {
    const [before] = await databasesOf("kim");
    const paused = await place.run(["pause", "--only", "kim"]);
    expect(paused.status, paused.told).to.equal(0);
    expect(paused.of("kim").notes.join()).to.match(/after 7 days/);
    expect((await databasesOf("kim"))[0]?.DBInstanceStatus).to.equal("stopped");
    expect((await place.run(["status"])).students.map(({ state }) => state)).to.deep.equal([
      "paused",
      "up failed",
      "up",
    ]);

    const resumed = await place.run(["resume", "--only", "kim"]);
    expect(resumed.status, resumed.told).to.equal(0);
    const [after] = await databasesOf("kim");
    expect(after?.DBInstanceStatus).to.equal("available");
    expect(after?.DbiResourceId).to.equal(before?.DbiResourceId);
  });

  it("goes on where it was killed, with nobody else touched, and leaves nothing when it is down", async () => {
    await place.roster("id,name\nkim,김지훈\nlee,Lee\npark,Park\n");
    const others = await place.emulator.resources(accountOf("kim"));
    const log = path.join(place.folder, "students/class/local/lee/up.log");
    await rm(log, { force: true });
    const run = place.run(["up", "--only", "lee"]);
    await eventually(
      "Lee's network",
      async () => {
        const text = await readIfThere(log);
        return text.includes("created aws:ec2/vpc:Vpc") ? text : undefined;
      },
      120,
    );
    const lock = await readFile(path.join(place.folder, "students/class/local/lee/lock.json"), "utf8");
    process.kill(z.object({ pid: z.number() }).parse(JSON.parse(lock)).pid, "SIGKILL");
    const killed = await run;
    expect(killed.status).to.equal(1);
    expect(killed.of("lee").reason).to.match(/SIGKILL/);
    expect((await place.run(["status"])).of("lee").state).to.equal("cut off, or still under way");

    const again = await place.run(["up", "--only", "lee"]);
    expect(again.status, again.told).to.equal(0);
    expect(await place.emulator.resources(accountOf("kim"))).to.deep.equal(others);

    const down = await place.run(["down"]);
    expect(down.status, down.told).to.equal(0);
    for (const { id, left } of down.students) {
      expect(left, id).to.deep.equal([]);
      expect(await place.emulator.resources(accountOf(id)), id).to.deep.equal([]);
    }
  });
});
